import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { packPublic } from '../packed/pack.js';

/** Packs every public package into a folder, and prints the line that installs them elsewhere. */
const root = process.cwd();
const folder = resolve(process.argv[2] ?? 'packed');
mkdirSync(folder, { recursive: true });
// A tarball of another version would be installed beside the new one.
for (const file of readdirSync(folder).filter((name) => name.endsWith('.tgz'))) rmSync(join(folder, file));
const tarballs = packPublic(root, folder);
for (const { name, path } of tarballs) process.stderr.write(`${name}: ${basename(path)}\n`);
process.stderr.write(
  `\n${tarballs.length} packages in ${relative(root, folder) || '.'}. To install all of them in a project:\n`,
);
process.stdout.write(`npm install ${join(folder, '*.tgz')} @tensorflow/tfjs\n`);
