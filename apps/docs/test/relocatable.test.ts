import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMissingPage } from '../.vitepress/addedFiles.js';
import { anywhere, relocate } from '../.vitepress/relocatable.js';

let site: string;
beforeEach(() => {
  site = mkdtempSync(join(tmpdir(), 'aimle-relocated-'));
});
afterEach(() => rmSync(site, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(site, name)), { recursive: true });
  writeFileSync(join(site, name), text);
}
const read = (name: string) => readFileSync(join(site, name), 'utf8');

test('pages name files from where they are', () => {
  for (const name of ['index.html', 'deep/down/page.html'])
    write(name, `<body><a href="${anywhere}start.html#x">${anywhere}</a></body>`);
  relocate(site);
  expect(read('index.html')).toContain('href="./start.html#x"');
  expect(read('deep/down/page.html')).toContain('href="../../start.html#x"');
});

test('style sheets name files from where they are', () => {
  write('assets/style.css', `@font-face{src:url(${anywhere}assets/font.woff2)}`);
  relocate(site);
  expect(read('assets/style.css')).toBe('@font-face{src:url(../assets/font.woff2)}');
});

test('scripts find the site from their own address', async () => {
  write(
    'assets/chunks/script.mjs.js',
    [
      `const slash = '${anywhere}';`,
      `export const plain = slash;`,
      `export const twice = "<a href='${anywhere}a'></a><a href='${anywhere}b'></a>";`,
      `export const parts = \`\${1}${anywhere}\${\`${anywhere}\${2}\`}${anywhere}c\`;`,
      `export const chained = "${anywhere}start.html".slice(slash.length);`,
      `export const untouched = 'https://host/x';`,
    ].join('\n'),
  );
  write('package.json', '{ "type": "module" }');
  relocate(site);
  const found = await import(pathToFileURL(join(site, 'assets/chunks/script.mjs.js')).href);
  const here = pathToFileURL(`${site}/`).pathname;
  expect({ ...found }).toEqual({
    plain: here,
    twice: `<a href='${here}a'></a><a href='${here}b'></a>`,
    parts: `1${here}${here}2${here}c`,
    chained: 'start.html',
    untouched: 'https://host/x',
  });
});

test('an address with encoded letters is reported as it is read', async () => {
  write('my docs/assets/script.js', `export default '${anywhere}';`);
  write('my docs/package.json', '{ "type": "module" }');
  relocate(join(site, 'my docs'));
  const found = await import(pathToFileURL(join(site, 'my docs/assets/script.js')).href);
  expect(found.default).toMatch(/\/my docs\/$/);
});

test('the page for what is missing needs no file, and goes up to where the site is', () => {
  write('404.html', `<script src="${anywhere}assets/app.js"></script>`);
  addMissingPage(site);
  expect(read('404.html')).toContain('offline.json');
  expect(read('404.html')).not.toMatch(/src=|rel="stylesheet"/);
});

test('what does not hold the address stays byte for byte', () => {
  write('assets/other.js', 'export default "x"\n');
  write('data.json', `{"at":"${anywhere}"}`);
  relocate(site);
  expect(read('assets/other.js')).toBe('export default "x"\n');
  expect(read('data.json')).toBe(`{"at":"${anywhere}"}`);
});

test.each([
  ['a name of a property', `export default { "${anywhere}a": 1 };`],
  ['an import', `import "${anywhere}a.js";`],
  ['an export', `export * from "${anywhere}a.js";`],
])('%s cannot be evaluated, and ends the build', (_, code) => {
  write('script.js', code);
  expect(() => relocate(site)).toThrow(/relocate: .* is a name, and cannot be evaluated/);
});
