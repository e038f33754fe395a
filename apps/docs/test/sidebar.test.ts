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

test('one sidebar has every page: the guide with its sections, then the others, by order and then by name', () => {
  const folder = pages({
    'index.md': '# Home',
    'start.md': '# Start',
    'estimators/imle.md': '# `imle`',
    'estimators/index.md': '# All of them',
    'concepts/b.md': '---\norder: 1\n---\n\n# Second letter, first page\n',
    'concepts/a.md': '# First letter\n',
    'unheard-of/page.md': 'no heading',
    'examples/one.md': '# One',
  });
  expect(sidebarOf(folder)).toEqual([
    {
      text: 'Guide',
      link: '/start',
      collapsed: false,
      items: [
        { text: 'Start', link: '/start' },
        {
          text: 'Concepts',
          link: '/concepts/b',
          collapsed: true,
          items: [
            { text: 'Second letter, first page', link: '/concepts/b' },
            { text: 'First letter', link: '/concepts/a' },
          ],
        },
      ],
    },
    {
      text: 'Examples',
      link: '/examples/one',
      collapsed: true,
      items: [{ text: 'One', link: '/examples/one' }],
    },
    {
      text: 'Estimators',
      link: '/estimators/',
      collapsed: true,
      items: [
        { text: 'Overview', link: '/estimators/' },
        { text: 'imle', link: '/estimators/imle' },
      ],
    },
    {
      text: 'Unheard of',
      link: '/unheard-of/page',
      collapsed: true,
      items: [{ text: 'Page', link: '/unheard-of/page' }],
    },
  ]);
});

test('the reference, once generated, brings its own entries', () => {
  const folder = pages({
    'start.md': '# Start',
    'api/typedoc-sidebar.json': '[{"text":"solvers","link":"/api/solvers"}]',
    'api/index.md': '# Reference',
  });
  expect(sidebarOf(folder).at(-1)).toEqual({
    text: 'API',
    link: '/api/',
    collapsed: true,
    items: [
      { text: 'All packages', link: '/api/' },
      { text: 'solvers', link: '/api/solvers' },
    ],
  });
});
