import type { Docstring } from '../docstring.js';
import { runnable, siteText } from '../text.js';
import type { EstimatorPage } from './list.js';
import type { MeasuredRow } from './measured.js';

export interface Sources {
  docstring(file: string, name: string): Docstring;
  readonly command: string;
  readonly rows: readonly MeasuredRow[];
}

export function estimatorPage(
  { title, functions, measured, concept }: EstimatorPage,
  sources: Sources,
  order: number,
): string {
  const parts = [`---\norder: ${order}\n---`, `# ${title}`];
  for (const { name, file } of functions) {
    const found = sources.docstring(file, name);
    const { body, facts } = factsOf(found);
    if (functions.length > 1) parts.push(`## \`${name}\``);
    parts.push(siteText(body), factTable(facts), runnable(found.example));
    parts.push(`Every option: [\`${name}\` in the reference](/api/estimators#${name.toLowerCase()}).`);
  }
  const rows = sources.rows.filter(({ name }) => name === measured || name.startsWith(`${measured}-`));
  if (rows.length > 0) parts.push(measurements(rows, sources.command));
  parts.push(
    `The idea behind it: [concept](/concepts/${concept}). All estimators: [overview](/estimators/).`,
  );
  return `${parts.join('\n\n')}\n`;
}

/** The prose of a docstring, and what it says under bold words such as "Bias". */
function factsOf({ prose, throws, sources }: Docstring): { body: string; facts: [string, string][] } {
  const facts: [string, string][] = [];
  const rest: string[] = [];
  for (const paragraph of prose.split('\n\n')) {
    const [before = '', ...named] = paragraph.split(/(?:\*\*|^)(When to use|[A-Z][\w ]+(?=\*\*))(?:\*\*)?: /);
    if (before.trim() !== '') rest.push(before.trimEnd());
    for (let at = 0; at < named.length; at += 2) facts.push([named[at]!, named[at + 1]!]);
  }
  if (throws.length > 0) facts.push(['Errors', throws.join(' ')]);
  if (sources.length > 0) facts.push(['Source', sources.join(' ')]);
  return { body: rest.join('\n\n'), facts };
}

function factTable(facts: readonly (readonly [string, string])[]): string {
  const row = ([name, words]: readonly [string, string]): string =>
    `| ${name} | ${arxivLinked(siteText(words.replace(/\s+/g, ' ').trim())).replaceAll('|', '\\|')} |`;
  return ['| Question | Answer |', '| --- | --- |', ...facts.map(row)].join('\n');
}

function arxivLinked(words: string): string {
  return words.replace(/arXiv:(\d{4}\.\d{4,5})/g, '[arXiv:$1](https://arxiv.org/abs/$1)');
}

function measurements(rows: readonly MeasuredRow[], command: string): string {
  return [
    '## Measured',
    'The cosine of one estimate with the exact gradient of perturb-and-MAP, for a quadratic loss on 5 of 10; mean over 16 problems ± standard error. [All estimators side by side](/results/estimators#all-estimators-on-one-structure).',
    [
      '| estimator | samples | cosine | exact zeros | solves per step |',
      '| --- | ---: | ---: | ---: | ---: |',
      ...rows.map(
        ({ name, samples, cosine, zeros, solves }) =>
          `| \`${name}\` | ${samples} | ${cosine.replaceAll(' ', '\u00a0')} | ${zeros} | ${solves} |`,
      ),
    ].join('\n'),
    `Command: \`${command}\`.`,
  ].join('\n\n');
}
