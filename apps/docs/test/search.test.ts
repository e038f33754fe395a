import { expect, test } from 'vitest';
import { searchedText } from '../.vitepress/search.js';

const html =
  '<h1 id="a">A <a href="#a">#</a></h1><p>It has an MIT licence.</p><h2 id="b">B</h2><p>Plain.</p>';

test('a section is found by other words for what it is about, and no other section is', () => {
  const [first = '', second = ''] = searchedText(html, 'faq.md').split('<h2');
  expect(first).toContain('license');
  expect(second).toBe(' id="b">B</h2><p>Plain.</p>');
});

test('of the reference the headings are found, so that guides stand before it', () => {
  const found = searchedText(html, 'api/solvers.md');
  expect(found).toContain('<h2 id="b">B</h2>');
  expect(found).not.toContain('Plain');
  expect(found).not.toContain('license');
});
