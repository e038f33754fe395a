import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { publicPackages } from '../publicPackages.js';
import { command } from './command.js';

/** A packed package. */
export interface Tarball {
  readonly name: string;
  readonly path: string;
  /** The files inside, relative to the package. */
  readonly contents: readonly string[];
}

/** Packs every public package of the repository, as built, into a folder, the way that publishing would. */
export function packPublic(root: string, destination: string): Tarball[] {
  onPublic(root, ['pack', '--pack-destination', destination]);
  return readdirSync(destination)
    .filter((file) => file.endsWith('.tgz'))
    .map((file) => {
      const path = join(destination, file);
      const listing = command(['tar', '-tzf', path], { folder: destination }).trim().split('\n');
      const manifest = JSON.parse(
        command(['tar', '-xzOf', path, 'package/package.json'], { folder: destination }),
      ) as { name: string };
      return { name: manifest.name, path, contents: listing.map((entry) => entry.replace(/^package\//, '')) };
    });
}

/**
 * Runs publishing as a dry run. Provenance is left out, because only the release workflow can sign.
 *
 * @returns the names of the packages that would be published.
 */
export function dryRunPublish(root: string): string[] {
  const told = onPublic(root, ['publish', '--dry-run', '--no-git-checks', '--provenance=false']);
  return [...told.matchAll(/^\+ ((?:@aimle\/)?[\w-]+)@/gm)].map(([, name]) => name as string);
}

/** Runs a command of pnpm on every public package: pnpm itself if it is on the path (npx puts it there), else through npx. */
function onPublic(root: string, words: readonly string[]): string {
  const isOnPath = spawnSync('pnpm', ['--version'], { stdio: 'ignore' }).status === 0;
  const pnpm = isOnPath ? ['pnpm'] : ['npx', '-y', 'pnpm@10'];
  const chosen = publicPackages(root).flatMap(({ name }) => ['--filter', name]);
  return command([...pnpm, '--recursive', ...chosen, ...words], { folder: root });
}
