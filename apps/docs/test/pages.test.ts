import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runExamples } from '@aimle/testkit';
import { expect, test } from 'vitest';

process.env['AIMLE_ENGINE'] ??= 'wasm';
const folder = new URL('..', import.meta.url);
/** Made of docstrings and settings, which are tested where they stand. */
const generated = /^(api|estimators|structures|tasks)\//;
const pages = readdirSync(fileURLToPath(new URL('pages', folder)), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md') && !generated.test(name))
  .sort();

test('there are pages to read examples from', () => {
  expect(pages).toContain('concepts/implicit-mle.md');
});

const examples = readdirSync(fileURLToPath(new URL('examples', folder))).map((name) => `examples/${name}`);

runExamples(folder, { pages: [...pages.map((name) => `pages/${name}`), ...examples] });
