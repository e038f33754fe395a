/**
 * Writes docs/structures: a page and a picture for every structure, from the docstrings of its solver and distribution.
 *
 * usage: node --conditions=@aimle/source --import tsx tooling/structures/run.ts [--check]
 *        --check writes nothing, and fails where a page is not what would be written.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { docstringOf } from './docstring.js';
import { format } from './format.js';
import { type Lookup, overview, pageOf } from './page.js';
import { structures } from './structures.js';

const folder = 'docs/structures';
const lookup: Lookup = (room, name) => docstringOf(sourceDeclaring(`packages/${room}/src`, name), name);

const pages = new Map<string, string>();
for (const structure of structures) {
  pages.set(`${structure.page}.svg`, structure.picture(structure.caption));
  pages.set(`${structure.page}.md`, pageOf(structure, lookup));
}
pages.set('README.md', overview(structures, lookup));
const files = format(pages);

if (process.argv.includes('--check')) {
  const present = readdirSync(folder);
  const stale = [...files].filter(
    ([name, text]) => !present.includes(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  const extra = present.filter((name) => !files.has(name));
  for (const name of [...stale.map(([name]) => name), ...extra]) {
    process.stderr.write(`${folder}/${name} is out of date: run pnpm structures\n`);
  }
  process.exitCode = stale.length + extra.length > 0 ? 1 : 0;
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}
process.stdout.write(`structures: ${structures.length} pages\n`);

function sourceDeclaring(root: string, name: string): string {
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue;
    const source = readFileSync(join(root, path), 'utf8');
    if (new RegExp(`^export (?:async )?function ${name}\\b`, 'm').test(source)) return source;
  }
  throw new Error(`structures: no "export function ${name}" in ${root}`);
}
