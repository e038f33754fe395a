import { join } from 'node:path';
import { importsOf } from '../imports.js';
import { type Package, type Repository, type Rule, sourcesOf } from '../repository.js';

/** The rooms from the ground up, and the rooms below that each may stand on. CONTRIBUTING.md tells how to add one. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  '@aimle/random': [],
  '@aimle/solvers': [],
  '@aimle/distributions': ['@aimle/random', '@aimle/solvers'],
  '@aimle/datasets': ['@aimle/random'],
  '@aimle/engine': [],
  '@aimle/estimators': ['@aimle/random', '@aimle/solvers', '@aimle/distributions', '@aimle/engine'],
  '@aimle/gradient-study': ['@aimle/random', '@aimle/solvers', '@aimle/distributions', '@aimle/estimators'],
  '@aimle/training': ['@aimle/datasets', '@aimle/engine', '@aimle/random'],
  '@aimle/report': ['@aimle/training'],
  '@aimle/discrete-vae': [
    '@aimle/random',
    '@aimle/solvers',
    '@aimle/distributions',
    '@aimle/datasets',
    '@aimle/engine',
    '@aimle/estimators',
    '@aimle/training',
  ],
  '@aimle/learning-to-explain': [
    '@aimle/random',
    '@aimle/solvers',
    '@aimle/distributions',
    '@aimle/datasets',
    '@aimle/engine',
    '@aimle/estimators',
    '@aimle/training',
  ],
  '@aimle/neural-relational-inference': [
    '@aimle/random',
    '@aimle/solvers',
    '@aimle/distributions',
    '@aimle/datasets',
    '@aimle/engine',
    '@aimle/estimators',
    '@aimle/training',
  ],
  '@aimle/shortest-paths': [
    '@aimle/random',
    '@aimle/solvers',
    '@aimle/distributions',
    '@aimle/datasets',
    '@aimle/engine',
    '@aimle/estimators',
    '@aimle/training',
  ],
  '@aimle/cli': [
    '@aimle/random',
    '@aimle/solvers',
    '@aimle/distributions',
    '@aimle/datasets',
    '@aimle/engine',
    '@aimle/estimators',
    '@aimle/gradient-study',
    '@aimle/training',
    '@aimle/report',
    '@aimle/discrete-vae',
    '@aimle/learning-to-explain',
    '@aimle/neural-relational-inference',
    '@aimle/shortest-paths',
  ],
  '@aimle/docs': [
    '@aimle/random',
    '@aimle/solvers',
    '@aimle/distributions',
    '@aimle/datasets',
    '@aimle/engine',
    '@aimle/estimators',
    '@aimle/gradient-study',
    '@aimle/training',
    '@aimle/discrete-vae',
    '@aimle/learning-to-explain',
    '@aimle/neural-relational-inference',
  ],
  '@aimle/testkit': [],
};

/** Arrows between rooms point down only, in package.json and in the imports of src/. Tests may use more. */
export const roomsPointDown: Rule = (repository) =>
  repository.packages
    .filter(({ folder }) => /^(packages|apps)\//.test(folder))
    .flatMap((each) => {
      const below = rooms[each.manifest.name];
      if (!below)
        return [`${each.folder}: ${each.manifest.name} is not in the list of rooms (rules/rooms.ts)`];
      return [...arrowsInManifest(each, below), ...arrowsInSources(repository, each, below)];
    });

function arrowsInManifest({ folder, manifest }: Package, below: readonly string[]): string[] {
  const needed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  return needed
    .filter((name) => name.startsWith('@aimle/') && !below.includes(name))
    .map((name) => `${folder}/package.json: ${manifest.name} may not depend on ${name}`);
}

function arrowsInSources(repository: Repository, each: Package, below: readonly string[]): string[] {
  return sourcesOf(repository, each).flatMap(([path, source]) =>
    importsOf(path, source).flatMap(({ specifier, line }) => {
      const room = /^@aimle\/[^/]+/.exec(specifier)?.[0];
      if (room && !below.includes(room))
        return [`${path}:${line}: ${each.manifest.name} may not import ${room}`];
      const leaves =
        specifier.startsWith('.') && !join(path, '..', specifier).startsWith(`${each.folder}/src/`);
      return leaves ? [`${path}:${line}: "${specifier}" leaves src/; import the package that owns it`] : [];
    }),
  );
}
