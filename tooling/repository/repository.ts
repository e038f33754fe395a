import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** The part of a package.json that the rules read. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A package of the workspace: of packages/ or apps/, tooling, or the root. */
export interface Package {
  /** Relative to the root; empty for the root itself. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** What a rule looks at: every text file by its path from the root. Rules touch no disk, so tests make their own. */
export interface Repository {
  readonly files: ReadonlyMap<string, string>;
  readonly packages: readonly Package[];
}

/** Checks a repository, and returns what is wrong: one line each, place first. */
export type Rule = (repository: Repository) => string[];

const binary = /\.(png|jpe?g|gif|webp|ico|woff2?|gz|zip|npy|npz|safetensors)$/;

/** The repository in a folder: what git tracks, and what it would track. */
export function readRepository(root: string): Repository {
  const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z'];
  const paths = execFileSync('git', listing, { cwd: root, encoding: 'utf8' }).split('\0');
  const deleted = new Set(
    execFileSync('git', ['ls-files', '--deleted', '-z'], { cwd: root, encoding: 'utf8' }).split('\0'),
  );
  const files = new Map<string, string>();
  for (const path of paths) {
    if (path && !deleted.has(path) && !binary.test(path))
      files.set(path, readFileSync(join(root, path), 'utf8'));
  }
  return repositoryOf(files);
}

/** A repository of the given files. */
export function repositoryOf(files: ReadonlyMap<string, string>): Repository {
  const packages = [...files]
    .filter(([path]) => basename(path) === 'package.json' && !path.includes('/test/'))
    .map(([path, text]) => ({
      folder: path === 'package.json' ? '' : dirname(path),
      manifest: JSON.parse(text) as Manifest,
    }));
  return { files, packages };
}

/** The TypeScript sources of a package, tests and benchmarks excluded. */
export function sourcesOf({ files }: Repository, { folder }: Package): [path: string, text: string][] {
  return [...files].filter(([path]) => path.startsWith(`${folder}/src/`) && path.endsWith('.ts'));
}
