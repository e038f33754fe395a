import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const chosen = publicNames(root).flatMap((name) => ['--filter', name]);
  const pack = ['--recursive', ...chosen, 'pack', '--pack-destination', destination];
  command([...pnpm(), ...pack], { folder: root });
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
  const chosen = publicNames(root).flatMap((name) => ['--filter', name]);
  const publish = ['--recursive', ...chosen, 'publish', '--dry-run', '--no-git-checks', '--provenance=false'];
  const told = command([...pnpm(), ...publish], { folder: root });
  return [...told.matchAll(/^\+ ((?:@aimle\/)?[\w-]+)@/gm)].map(([, name]) => name as string);
}

/** The names of the packages that must be packed: those under packages/ and apps/ that are not private. */
export function publicNames(root: string): string[] {
  return ['packages', 'apps'].flatMap((folder) =>
    readdirSync(join(root, folder)).flatMap((name) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, name, 'package.json'), 'utf8')) as {
        name: string;
        private?: boolean;
      };
      return manifest.private ? [] : [manifest.name];
    }),
  );
}

/** pnpm itself where the caller has it (npx puts it on the path), else through npx. */
function pnpm(): string[] {
  const isOnPath = spawnSync('pnpm', ['--version'], { stdio: 'ignore' }).status === 0;
  return isOnPath ? ['pnpm'] : ['npx', '-y', 'pnpm@10'];
}
