import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { descriptionOf, descriptionOfFile } from '../.vitepress/described.js';

test('a page is described by its front matter, or by its first sentences without marks', () => {
  expect(descriptionOf('---\ndescription: As written.\n---\n\n# Title\n\nOther.\n')).toBe('As written.');
  expect(descriptionOf('# Title\n\nA **layer** of `topK` ([more](/x)).\n\nNext.')).toBe(
    'A layer of topK (more).',
  );
  expect(descriptionOf('# Title\n\n- a list\n\n```ts\nCode;\n```\n\nText.')).toBe('Text.');
});

test('a long beginning ends with a sentence, or with a word', () => {
  const sentence = `${'word '.repeat(20)}end. `;
  expect(descriptionOf(`# T\n\nW${sentence.repeat(3)}`)).toBe(`W${sentence.trim()}`);
  expect(descriptionOf(`# T\n\nW${'word '.repeat(60)}`)).toMatch(/^Wword .*word …$/);
});

const folder = fileURLToPath(new URL('../pages', import.meta.url));
const generated = /^(api|estimators|structures|tasks)\//;
const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.md') && !generated.test(name),
);

test('every page has a description of its own', () => {
  const all = pages.map((page) => descriptionOfFile(`${folder}/${page}`));
  expect(pages.filter((_, at) => all[at]!.length < 30)).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
});
