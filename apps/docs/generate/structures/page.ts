import { distributionFactories } from '@aimle/distributions/structures';
import type { Docstring } from '../docstring.js';
import { runnable, siteText } from '../text.js';
import type { Structure } from './structure.js';

/** Where a public function is declared, and what is said there. */
export type Lookup = (folder: 'solvers' | 'distributions', name: string) => Docstring;

const isDistributed = (name: string): boolean => name in distributionFactories;

/** The page of one structure: each of its names, as a solver and as a distribution. */
export function pageOf(structure: Structure, order: number, lookup: Lookup): string {
  const { title, page, caption, names, distributions = [] } = structure;
  const { importedFrom = '@aimle/solvers' } = structure;
  const parts = [`# ${title}`, `![${caption}](./${page}.svg)`, `_${caption}_`];
  for (const name of names) {
    parts.push(section(`\`${name}\`, the solver`, importedFrom, lookup('solvers', name)));
    if (isDistributed(name)) parts.push(distributionSection(name, lookup));
  }
  for (const name of distributions) parts.push(distributionSection(name, lookup));
  if (distributions.length === 0 && !names.some(isDistributed)) {
    parts.push(
      '## No distribution',
      'No polynomial algorithm for its log-partition is known. For a small instance, list the states and use `enumerated` of `@aimle/distributions`.',
    );
  }
  parts.push(
    'In `tf.sequential` or `tf.model`, trained by `fit`: [a discrete layer in your TensorFlow.js model](/how-to/own-model).',
    'Measured times, as the size grows: [solvers](/results/solvers). All structures: [overview](/structures/).',
  );
  return `---\norder: ${order}\n---\n\n${runnable(siteText(parts.join('\n\n')))}\n`;
}

export function overview(structures: readonly Structure[], lookup: Lookup): string {
  const rows = structures.map(({ page, title, names, distributions = [], cost }) => {
    const bound = cost ?? costOf(lookup('solvers', names[0]!));
    const distributed = [...names.filter(isDistributed), ...distributions];
    return `| [${title}](/structures/${page}) | ${listed(names)} | ${bound} | ${listed(distributed) || 'by enumeration only'} |`;
  });
  const parts = [
    '# Structures',
    'The structures you can choose from. Each has one name: in `@aimle/solvers` it finds the best state ([`Solver`](/api/solvers#solver)), and in `@aimle/distributions`, with the same options, it also has probabilities ([`Distribution`](/api/distributions#distribution)).',
    ['| Structure | Solver | Cost per instance | Distribution |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    ),
    'Your own structure: a function ([`custom`](/structures/custom)), or linear constraints ([`linearProgram`](/structures/program)). A slow solver on several threads: `inThreads` of `@aimle/solvers/threads`.',
  ];
  return `${siteText(parts.join('\n\n'))}\n`;
}

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function distributionSection(name: string, lookup: Lookup): string {
  return section(`\`${name}\`, the distribution`, '@aimle/distributions', lookup('distributions', name));
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
