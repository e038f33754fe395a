import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sidebarOf } from '../.vitepress/sidebar.js';

function pages(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test('each section has a sidebar of its pages, by order and then by name, and links to the others', () => {
  const folder = pages({
    'index.md': '# Home',
    'start.md': '# Start',
    'estimators/imle.md': '# `imle`',
    'estimators/index.md': '# All of them',
    'concepts/b.md': '---\norder: 1\n---\n\n# Second letter, first page\n',
    'concepts/a.md': '# First letter\n',
    'unheard-of/page.md': 'no heading',
  });
  const begin = { text: 'Begin', link: '/start' };
  const concepts = { text: 'Concepts', link: '/concepts/b' };
  const estimators = { text: 'Estimators', link: '/estimators/' };
  const other = { text: 'Unheard of', link: '/unheard-of/page' };
  const elsewhere = (...items: unknown[]) => ({ text: 'Elsewhere', items });
  expect(sidebarOf(folder)).toEqual({
    '/': [
      { text: 'Begin', items: [{ text: 'Start', link: '/start' }] },
      elsewhere(concepts, estimators, other),
    ],
    '/concepts/': [
      {
        text: 'Concepts',
        items: [
          { text: 'Second letter, first page', link: '/concepts/b' },
          { text: 'First letter', link: '/concepts/a' },
        ],
      },
      elsewhere(begin, estimators, other),
    ],
    '/estimators/': [
      {
        text: 'Estimators',
        items: [
          { text: 'All of them', link: '/estimators/' },
          { text: 'imle', link: '/estimators/imle' },
        ],
      },
      elsewhere(begin, concepts, other),
    ],
    '/unheard-of/': [
      { text: 'Unheard of', items: [{ text: 'Page', link: '/unheard-of/page' }] },
      elsewhere(begin, concepts, estimators),
    ],
  });
});

test('the reference, once generated, brings its own entries', () => {
  const folder = pages({
    'start.md': '# Start',
    'api/typedoc-sidebar.json': '[{"text":"solvers","link":"/api/solvers"}]',
    'api/index.md': '# Reference',
  });
  expect(sidebarOf(folder)['/api/']?.[0]).toEqual({
    text: 'Reference',
    items: [
      { text: 'All packages', link: '/api/' },
      { text: 'solvers', link: '/api/solvers' },
    ],
  });
});
