import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docstringOf } from '../docstring.js';
import { siteText } from '../text.js';
import { groups } from './list.js';
import { measuredRows } from './measured.js';
import { estimatorPage, type Sources } from './page.js';

/** A page for every estimator, from its docstring and its measurements, and the overview. */
export async function estimatorPages(root: string): Promise<Map<string, string>> {
  const sources: Sources = {
    docstring: (file, name) =>
      docstringOf(readFileSync(join(root, `packages/estimators/src/${file}.ts`), 'utf8'), name),
    ...measuredRows(readFileSync(join(root, 'apps/docs/pages/results/estimators.md'), 'utf8')),
  };
  const pages = groups.flatMap((group) => group.pages);
  return new Map([
    ['index.md', overview(sources)],
    ...pages.map((page, at) => [`${page.page}.md`, estimatorPage(page, sources, at + 1)] as [string, string]),
  ]);
}

/** All estimators by kind, each with the first sentence of its docstring. */
function overview(sources: Sources): string {
  const parts = [
    '# Estimators',
    'Each estimator puts a discrete choice into a model and estimates the gradient through it. Which one to use: [four questions](/choose).',
  ];
  for (const { title, intro, pages } of groups) {
    const rows = pages.map(({ page, title: name, functions }) => {
      const sentences = functions.map(({ name: declared, file }) =>
        firstSentence(sources.docstring(file, declared).prose),
      );
      return `| [${name}](/estimators/${page}) | ${siteText(sentences.join(' ')).replaceAll('|', '\\|')} |`;
    });
    parts.push(`## ${title}`, intro, ['| Name | What it is |', '| --- | --- |', ...rows].join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

function firstSentence(prose: string): string {
  const flowing = (prose.split('\n\n')[0] ?? '').replace(/\s+/g, ' ');
  return /^.*?\.(?= |$)/.exec(flowing)?.[0] ?? flowing;
}
