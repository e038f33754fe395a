import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type Entry, entriesOf } from '../generate/reference/entries.js';
import { indexPage, referencePage } from '../generate/reference/page.js';

const entries = entriesOf(fileURLToPath(new URL('../../../packages', import.meta.url)));
const entry = (name: string): Entry => entries.find((each) => each.name === name)!;

test('every entry of every package has a page of its own', () => {
  expect(entry('@aimle/solvers')).toMatchObject({ page: 'solvers', module: 'solvers/src' });
  expect(entry('@aimle/solvers/program')).toMatchObject({
    page: 'solvers-program',
    module: 'solvers/src/program',
  });
  expect(new Set(entries.map(({ page }) => page)).size).toBe(entries.length);
  expect(indexPage(entries)).toContain('- [`@aimle/solvers/threads`](/api/solvers-threads)');
});

test('a link to the second of a name goes to the first where there is only one', () => {
  const pageOf = (headings: string): string =>
    referencePage(entry('@aimle/random'), `${headings}\n\n[x](#adam-1)`);
  expect(pageOf('### adam()\n\n### Adam')).toContain('[x](#adam-1)');
  expect(pageOf('### Adam')).toContain('[x](#adam)');
});

test('the title is what is imported, and headings that all names have are words', () => {
  const page = referencePage(
    entry('@aimle/random'),
    '# random/src\n\n### key()\n\n#### Parameters\n\n#### toString()\n\n__namedParameters',
  );
  expect(page).toContain('# @aimle/random\n');
  expect(page).toContain('### key()\n\n**Parameters**\n\n#### toString()\n\noptions');
});
