import type { Docstring } from '../docstring.js';
import { runnable } from '../runnable.js';
import { siteText } from '../text.js';
import type { Structure } from './structure.js';

/** Where a public function is declared, and what is said there. */
export type Lookup = (folder: 'solvers' | 'distributions', name: string) => Docstring;

/** The page of one structure. */
export function pageOf(structure: Structure, order: number, lookup: Lookup): string {
  const { title, page, caption, solver, relatives = [], distribution } = structure;
  const { importedFrom = '@aimle/solvers' } = structure;
  const parts = [`# ${title}`, `![${caption}](./${page}.svg)`, `_${caption}_`];
  if (solver) {
    for (const name of [solver.name, ...relatives]) {
      parts.push(section(`The solver \`${name}\``, importedFrom, lookup('solvers', name)));
    }
  }
  for (const name of [distribution ?? [], structure.alsoDistributed ?? []].flat()) {
    parts.push(
      section(`The distribution \`${name}\``, '@aimle/distributions', lookup('distributions', name)),
    );
  }
  if (!distribution) {
    parts.push(
      '## No distribution',
      'Its log-partition has no known algorithm of polynomial cost. List the states of a small instance, and `enumerated` of `@aimle/distributions` does the rest.',
    );
  }
  parts.push(
    'Measured times, as the size grows: [the solvers, measured](/results/solvers). All structures: [overview](/structures/).',
  );
  return `---\norder: ${order}\n---\n\n${runnable(siteText(parts.join('\n\n')))}\n`;
}

/** All structures in one table. */
export function overview(structures: readonly Structure[], lookup: Lookup): string {
  const rows = structures.map(({ page, title, solver, relatives = [], distribution, cost }) => {
    const names = solver ? [solver.name, ...relatives].map((name) => `\`${name}\``).join(', ') : 'none';
    const bound = cost ?? (solver ? costOf(lookup('solvers', solver.name)) : '');
    return `| [${title}](/structures/${page}) | ${names} | ${bound} | ${distribution ? `\`${distribution}\`` : 'by enumeration only'} |`;
  });
  const parts = [
    '# Structures',
    'What can be picked: for each structure, the solver that finds the best state, and the distribution that knows everything about it. All solvers keep one contract ([`Solver`](/api/solvers#solver)), all distributions another ([`Distribution`](/api/distributions#distribution)).',
    ['| Structure | Solver | Cost an instance | Distribution |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    ),
    'A structure of your own: a function ([`custom`](/structures/custom)), or linear constraints ([`linearProgram`](/structures/program)). A slow solver on several threads: `inThreads` of `@aimle/solvers/threads`.',
  ];
  return `${siteText(parts.join('\n\n'))}\n`;
}

function section(title: string, importedFrom: string, { prose, throws, example }: Docstring): string {
  const errors = throws.length === 0 ? '' : `\n\n**Errors.** ${throws.join(' ')}`;
  return `## ${title}\n\nFrom \`${importedFrom}\`. ${prose}${errors}\n\n${example}`;
}

/** The first bound on the cost that a docstring states. */
function costOf({ prose }: Docstring): string {
  const cost = /O\((?:[^()]|\([^()]*\))*\)/.exec(prose.slice(prose.indexOf('Cost')))?.[0];
  if (!cost) throw new Error(`structures: no bound O(...) on the cost in "${prose.slice(0, 60)}"`);
  return cost.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
