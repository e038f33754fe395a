import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../progress.js';
import type { NpmPackage } from '../recipe.js';
import { untar } from '../system/archives.js';
import { CommandMissing, runCommand } from '../system/command.js';
import { fileChecksum } from '../system/manifest.js';

/** Fetches a package with the user's npm, checks its pinned checksum and unpacks it. No script of the package runs. */
export async function unpackNpmPackage(
  { name, version, integrity }: NpmPackage,
  folder: string,
  { report, signal }: Progress,
): Promise<void> {
  const label = `${name}@${version}`;
  report({ step: 'download', message: `fetching ${label} with npm` });
  const archive = await pack(label, `${folder}.npm`, signal);
  const found = `sha512-${await fileChecksum(archive, 'sha512', 'base64')}`;
  if (found !== integrity)
    throw new Error(
      `${label} has checksum ${found} instead of ${integrity}; the registry that npm uses serves another file`,
    );
  await untar(archive, folder, (path) => path.replace(/^[^/]*\//, ''));
}

async function pack(label: string, folder: string, signal: AbortSignal | undefined): Promise<string> {
  await mkdir(folder, { recursive: true });
  const failure = `npm could not fetch ${label}`;
  const args = ['pack', label, '--ignore-scripts', '--silent', '--pack-destination', folder];
  await runCommand('npm', args, { signal }, failure).catch((error: Error) => {
    if (error instanceof CommandMissing)
      throw new Error('npm is not on the PATH; install npm, which comes with Node, and run this again');
    throw error;
  });
  const archive = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`${failure}: it wrote no archive`);
  return join(folder, archive);
}
