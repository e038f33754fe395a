import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { untar } from '../archives/tar.js';
import { fileChecksum } from '../cache/checksum.js';
import type { Progress } from '../events.js';
import { CommandMissing, lastWords, runCommand } from '../machine/command.js';
import type { NpmPackage } from './recipe.js';

/**
 * Fetches a package with the npm client, which knows the user's registry and credentials, checks it against its
 * pinned checksum and unpacks it into `folder`. No script of the package runs.
 */
export async function unpackNpmPackage(
  wanted: NpmPackage,
  folder: string,
  progress: Progress,
): Promise<void> {
  const { name, version, integrity } = wanted;
  progress.report({ step: 'download', message: `fetching ${name}@${version} with npm` });
  const archive = await pack(wanted, `${folder}.npm`, progress.signal);
  const found = `sha512-${await fileChecksum(archive, 'sha512', 'base64')}`;
  if (found !== integrity)
    throw new Error(
      `${name}@${version} has checksum ${found} instead of ${integrity}; the registry that npm uses serves another file`,
    );
  await untar(archive, (path) => join(folder, path.replace(/^[^/]*\//, '')));
}

async function pack(
  { name, version }: NpmPackage,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const args = ['pack', `${name}@${version}`, '--ignore-scripts', '--silent', '--pack-destination', folder];
  const result = await runCommand('npm', args, { signal }).catch((error: Error) => {
    if (error instanceof CommandMissing)
      throw new Error('npm is not on the PATH; install npm, which comes with Node, and run this again');
    throw error;
  });
  const archive = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (result.code !== 0 || archive === undefined)
    throw new Error(`npm could not fetch ${name}@${version}: ${lastWords(result)}`);
  return join(folder, archive);
}
