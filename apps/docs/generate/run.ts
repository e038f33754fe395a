/**
 * Writes the pages that are made: estimators, structures and the reference from docstrings,
 * tasks from their settings, figures from computations.
 *
 * usage: node --conditions=@aimle/source --import tsx apps/docs/generate/run.ts [estimators|structures|tasks|figures|reference]...
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { estimatorPages } from './estimators/pages.js';
import { figureFiles } from './figures/files.js';
import { referencePages } from './reference/pages.js';
import { structurePages } from './structures/pages.js';
import { taskPages } from './tasks/pages.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** By name: the folder of pages that it owns, and the files in it. */
const parts: Readonly<
  Record<string, readonly [folder: string, make: (root: string) => Promise<Map<string, string>>]>
> = {
  estimators: ['estimators', estimatorPages],
  structures: ['structures', structurePages],
  tasks: ['tasks', taskPages],
  figures: ['concepts/figures', figureFiles],
  reference: ['api', referencePages],
};

const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  const part = parts[name];
  if (!part) throw new Error(`generate: expected ${Object.keys(parts).join(', ')}, got ${name}`);
  const [below, make] = part;
  const folder = join(root, 'apps/docs/pages', below);
  const files = await make(root);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  process.stdout.write(`${name}: ${files.size} files\n`);
}
