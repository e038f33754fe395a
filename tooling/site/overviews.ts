import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sources } from './estimatorPage.js';
import type { groups as allGroups } from './estimators.js';
import { siteText } from './text.js';

/** All estimators by kind, each with the first sentence of its docstring. */
export function overview(groups: typeof allGroups, sources: Sources): string {
  const parts = [
    '# Estimators',
    'Every one of them puts a discrete choice into a model and estimates a gradient through it. Which to take: [four questions](/choose).',
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

/** What was measured, page by page. */
export function resultsOverview(folder: string, names: readonly string[]): string {
  const rows = names.map((name) => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    const title = lines.find((line) => line.startsWith('# '))?.slice(2) ?? name;
    return `- [${siteText(title)}](/results/${name.replace('.md', '')})`;
  });
  return [
    '# Results',
    'What was measured, with the commands that measured it. Every page begins with what fell short.',
    rows.join('\n'),
    '',
  ].join('\n\n');
}

function firstSentence(prose: string): string {
  const flowing = (prose.split('\n\n')[0] ?? '').replace(/\s+/g, ' ');
  return /^.*?\.(?= |$)/.exec(flowing)?.[0] ?? flowing;
}
