import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { undocumented } from '../src/examples/runExamples.js';
import { writeExamples } from '../src/examples/writeExamples.js';
import { runExamples } from '../src/index.js';

const fixture = new URL('./fixtures/package/', import.meta.url);
const folder = fileURLToPath(fixture);

runExamples(fixture);

test('examples come from pages and from docstrings, at the lines where they stand', () => {
  const written = writeExamples(folder);
  expect(written.map(({ file, line, runs }) => `${file}:${line} ${runs}`)).toEqual([
    'README.md:4 true',
    'README.md:11 false',
    'src/values.ts:11 true',
  ]);
});

test('an example that is gone from the documentation is gone from the folder', () => {
  const stale = join(folder, '.examples', 'stale.ts');
  writeFileSync(stale, '');
  writeExamples(folder);
  expect(existsSync(stale)).toBe(false);
});

test('a wrong value in an example fails it', async () => {
  const wrong = fileURLToPath(new URL('./fixtures/wrong/', import.meta.url));
  const [example] = writeExamples(wrong);
  await expect(import(/* @vite-ignore */ example?.module as string)).rejects.toThrow(
    'expected 2 to deeply equal 3',
  );
});

test('names without a docstring or an example are reported, and types need no example', () => {
  const index = fileURLToPath(new URL('./fixtures/undocumented/index.ts', import.meta.url));
  expect(undocumented(index)).toEqual([
    'Bare has no docstring',
    'undocumentedValue has no docstring',
    'withoutExample has no @example with a ```ts fence',
  ]);
});
