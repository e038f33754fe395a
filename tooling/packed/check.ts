import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicPackages } from '../publicPackages.js';
import { complaintsAboutContents, complaintsAboutTypes, complaintsOfPublint } from './complaints.js';
import { packPublic } from './pack.js';

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'aimle-packed-'));
const complaints: string[] = [];
try {
  const tarballs = packPublic(root, folder);
  for (const { name } of publicPackages(root)) {
    const tarball = tarballs.find((each) => each.name === name);
    if (!tarball) complaints.push(`${name}: was not packed`);
    else {
      complaints.push(...complaintsAboutContents(tarball));
      complaints.push(...(await complaintsOfPublint(tarball)));
      complaints.push(...(await complaintsAboutTypes(tarball)));
    }
  }
  for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
  process.stdout.write(`packed: ${tarballs.length} tarballs, ${complaints.length} complaints\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = complaints.length === 0 ? 0 : 1;
