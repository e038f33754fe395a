import type { Package, Rule } from '../repository.js';

/** Every package, in the order of the design: each may depend on those of the lines above its own. */
const lines: readonly (readonly string[])[] = [
  ['@aimle/testkit'],
  ['@aimle/kernels'],
  ['@aimle/random'],
  ['@aimle/solvers'],
  ['@aimle/distributions'],
  ['@aimle/datasets'],
  ['@aimle/engine'],
  ['@aimle/native-engine'],
  ['@aimle/estimators'],
  ['aimle'],
  ['@aimle/gradient-study'],
  ['@aimle/training'],
  ['@aimle/report'],
  [
    '@aimle/discrete-vae',
    '@aimle/learning-to-explain',
    '@aimle/neural-relational-inference',
    '@aimle/shortest-paths',
  ],
  ['@aimle/cli', '@aimle/docs', 'create-aimle'],
];

const lineOf = (name: string) => lines.findIndex((names) => names.includes(name));

const isOurs = (name: string) => name === 'aimle' || name.startsWith('@aimle/');

const workspace = ({ packages }: { readonly packages: readonly Package[] }) =>
  packages.filter(({ folder }) => /^(packages|apps)\/[^/]+$/.test(folder));

/**
 * Dependencies between packages point only up the list; those of tests may point anywhere. Biome checks that src/ imports
 * only what its package.json declares.
 */
export const dependenciesPointUp: Rule = (repository) =>
  workspace(repository).flatMap(({ folder, manifest: { name, dependencies, peerDependencies } }) => {
    const line = lineOf(name);
    if (line < 0) return [`${folder}: ${name} is not in the list of packages (rules/packages.ts)`];
    return Object.keys({ ...dependencies, ...peerDependencies })
      .filter((needed) => isOurs(needed) && !(lineOf(needed) >= 0 && lineOf(needed) < line))
      .map((needed) => `${folder}/package.json: ${name} may not depend on ${needed}`);
  });

/** Names that a scope cannot have: the front door, and what `npm create aimle` looks for. */
const unscoped = ['packages/aimle', 'packages/create-aimle'];

/** A package is found by its name: @aimle/ and its folder's, but for two. */
export const packagesAreNamedAfterTheirFolder: Rule = (repository) =>
  workspace(repository).flatMap(({ folder, manifest: { name } }) => {
    const own = folder.split('/')[1]!;
    const expected = unscoped.includes(folder) ? own : `@aimle/${own}`;
    return name === expected ? [] : [`${folder}/package.json: "name" must be ${expected}, got ${name}`];
  });
