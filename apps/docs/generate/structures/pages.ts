import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docstringOf } from '../docstring.js';
import { type Lookup, overview, pageOf } from './page.js';
import { structures } from './structures.js';

/** A page and a picture for every structure, from the docstrings of its solver and its distribution, and the overview. */
export async function structurePages(root: string): Promise<Map<string, string>> {
  const lookup: Lookup = (name, declared) =>
    docstringOf(sourceDeclaring(join(root, `packages/${name}/src`), declared), declared);
  const files = new Map([['index.md', overview(structures, lookup)]]);
  for (const [at, structure] of structures.entries()) {
    files.set(`${structure.page}.svg`, structure.picture(structure.caption));
    files.set(`${structure.page}.md`, pageOf(structure, at + 1, lookup));
  }
  return files;
}

function sourceDeclaring(folder: string, name: string): string {
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue;
    const source = readFileSync(join(folder, path), 'utf8');
    if (new RegExp(`^export (?:async )?function ${name}\\b`, 'm').test(source)) return source;
  }
  throw new Error(`structures: no "export function ${name}" in ${folder}`);
}
