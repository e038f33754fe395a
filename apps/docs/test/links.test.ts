import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brokenLinks, pagesOf } from '../checks/links.js';

test('links that lead nowhere are found: missing pages, missing headings, paths outside of the site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'links-'));
  mkdirSync(join(folder, 'concepts'));
  writeFileSync(
    join(folder, 'index.html'),
    '<a href="/site/concepts/"> <a href="./concepts/a.html#one"> <a href="concepts/a#two"> <a href="gone"> <a href="/start"> <a href="https://elsewhere.example/x">',
  );
  writeFileSync(join(folder, 'concepts/index.html'), '<a href="../index.html?a=1&amp;b=2"><a href="#here">');
  writeFileSync(join(folder, 'concepts/a.html'), '<h2 id="one">');
  writeFileSync(join(folder, '404.html'), '<a href="nowhere">');
  expect(pagesOf(folder)).toEqual(['concepts/a.html', 'concepts/index.html', 'index.html']);
  expect(brokenLinks(folder, '/site/')).toEqual([
    'concepts/index.html: #here names a heading that is not there',
    'index.html: concepts/a#two names a heading that is not there',
    'index.html: gone leads nowhere',
    'index.html: /start leads nowhere',
  ]);
});
