import { expect, test } from 'vitest';
import {
  indexHasHeadings,
  indexOnlyReexports,
  namesSayWhatIsInside,
  sourcesAreShort,
} from '../../repository/rules/files.js';
import { repository } from './fixture.js';

const manifest = { name: '@aimle/random', exports: {} };
const withIndex = (source: string) =>
  repository({ 'packages/random/package.json': manifest, 'packages/random/src/index.ts': source });

test('a source of 300 lines is allowed, one of 301 is not', () => {
  const lines = (count: number) => 'x;\n'.repeat(count);
  const files = repository({
    'packages/random/package.json': manifest,
    'packages/random/src/fits.ts': lines(300),
    'packages/random/src/long.ts': lines(301),
    'packages/random/test/long.test.ts': lines(500),
  });
  expect(sourcesAreShort(files)).toEqual([
    'packages/random/src/long.ts: 301 lines, at most 300; move a concept to its own file',
  ]);
});

test.each([
  ['packages/random/src/utils.ts', 'packages/random/src/utils.ts'],
  ['packages/random/src/helpers/key.ts', 'packages/random/src/helpers'],
  ['tooling/Misc/a.test.ts', 'tooling/Misc'],
  ['packages/common/package.json', 'packages/common'],
])('%s is a name that holds anything', (path, named) => {
  expect(namesSayWhatIsInside(repository({ [path]: {} }))).toEqual([
    `${named}: this name holds anything; name it after its concept`,
  ]);
});

test('a name that only contains such a word is fine', () => {
  expect(namesSayWhatIsInside(repository({ 'packages/random/src/commonNoise.ts': '' }))).toEqual([]);
});

test('an index of named re-exports is the public surface', () => {
  expect(indexOnlyReexports(withIndex("/** Keys. */\nexport { key, type Key } from './key.js';\n"))).toEqual(
    [],
  );
  expect(indexOnlyReexports(withIndex("export type { Key } from './key.js';\n"))).toEqual([]);
});

test.each([
  "export * from './key.js';",
  "import { key } from './key.js';",
  'export const size = 3;',
  "import './key.js';",
  'export {};',
  "export default 'key';",
])('an index may not hold: %s', (line) => {
  expect(indexOnlyReexports(withIndex(`\n${line}\n`))).toEqual([
    `packages/random/src/index.ts:2: only "export { names } from './file.js'" may stand here`,
  ]);
});

test('a package that exports something has an index', () => {
  expect(indexOnlyReexports(repository({ 'packages/random/package.json': manifest }))).toEqual([
    "packages/random/src/index.ts: missing; a package's public names are re-exported there",
  ]);
});

test('headings between empty lines group the names of an index', () => {
  const names = (name: string) => `export { ${name} } from './${name}.js';\n`;
  const good = `// Keys\n\n${names('key')}${names('split')}\n// Fillers\n\n${names('fillBits')}`;
  expect(indexHasHeadings(withIndex(good))).toEqual([]);
  expect(indexHasHeadings(withIndex(names('key')))).toEqual([]);
});

test.each([
  ["// Keys\nexport { key } from './key.js';\n", 1],
  ["// Keys\n\n// Fillers\n\nexport { key } from './key.js';\n", 1],
  ["export { key } from './key.js';\n// Fillers\n\nexport { fillBits } from './bits.js';\n", 2],
  ["export { key } from './key.js';\n\n// Fillers\n", 3],
])('a heading that has lost its names is reported: %j', (index, line) => {
  expect(indexHasHeadings(withIndex(index))).toEqual([
    `packages/random/src/index.ts:${line}: a heading needs an empty line around it, and names below`,
  ]);
});
