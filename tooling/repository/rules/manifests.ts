import type { Manifest, Package, Rule } from '../repository.js';

type Field = 'dependencies' | 'devDependencies' | 'peerDependencies';

const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Versions apart, and why. */
const apart: readonly (readonly [folder: string, name: string])[] = [
  // The tools that show types in the docs ask the compiler for them in a way that TypeScript 7 does not answer yet.
  ['apps/docs', 'typescript'],
];

/** What is installed is what was tried: one exact version of a dependency, the same in every package. */
export const dependenciesArePinnedOnce: Rule = ({ packages }) => {
  const chosen = new Map<string, { version: string; path: string }>();
  const complaints: string[] = [];
  for (const { path, name, version, field } of packages.flatMap(dependenciesOf)) {
    const isOurs = name.startsWith('@aimle/');
    if (isOurs && version !== 'workspace:*')
      complaints.push(`${path}: ${name} must be "workspace:*", got "${version}"`);
    // What a user may bring is a range; what we install is not.
    if (isOurs || field === 'peerDependencies') continue;
    if (!exact.test(version)) complaints.push(`${path}: ${name} must be one exact version, got "${version}"`);
    if (apart.some(([folder, each]) => path === `${folder}/package.json` && name === each)) continue;
    const first = chosen.get(name) ?? { version, path };
    chosen.set(name, first);
    if (first.version !== version) {
      complaints.push(`${path}: ${name} is ${version} here and ${first.version} in ${first.path}`);
    }
  }
  return complaints;
};

function dependenciesOf({ folder, manifest }: Package) {
  const path = folder ? `${folder}/package.json` : 'package.json';
  const fields: readonly Field[] = ['dependencies', 'devDependencies', 'peerDependencies'];
  return fields.flatMap((field) =>
    Object.entries(manifest[field] ?? {}).map(([name, version]) => ({ path, field, name, version })),
  );
}

/** What a public package.json must say, and how to see that it does. */
const required: readonly [field: string, says: (manifest: Manifest) => boolean, want: string][] = [
  [
    'description',
    ({ description }) => typeof description === 'string' && description.length > 10,
    'a sentence',
  ],
  ['license', ({ license }) => license === 'MIT', '"MIT"'],
  ['type', ({ type }) => type === 'module', '"module"'],
  ['sideEffects', ({ sideEffects }) => sideEffects !== undefined, 'true, false or a list'],
  ['engines', ({ engines }) => fieldOf(engines, 'node') === '>=20.19', '{ "node": ">=20.19" }'],
  ['files', ({ files }) => Array.isArray(files) && files.includes('dist'), 'a list with "dist"'],
  ['exports', ({ exports }) => hasSource(exports), 'an entry "." with the condition @aimle/source'],
  [
    'publishConfig',
    ({ publishConfig }) =>
      fieldOf(publishConfig, 'access') === 'public' &&
      fieldOf(publishConfig, 'provenance') === true &&
      fieldOf(fieldOf(publishConfig, 'exports'), '.') !== undefined &&
      !hasSource(fieldOf(publishConfig, 'exports')),
    'access "public", provenance true, and exports without @aimle/source',
  ],
];

/** A public package has a README, one version with the others, its folder's name, and the fields that users need. */
export const publicPackagesAreComplete: Rule = ({ files, packages }) => {
  const published = packages.filter(({ manifest }) => !manifest.private);
  const version = published[0]?.manifest['version'];
  return published.flatMap(({ folder, manifest }) => {
    const path = `${folder}/package.json`;
    const complaints = required
      .filter(([, says]) => !says(manifest))
      .map(([field, , want]) => `${path}: "${field}" must be ${want}`);
    if (manifest.name !== `@aimle/${folder.split('/').at(-1)}`) {
      complaints.push(`${path}: "name" must be @aimle/ and the folder's name, got ${manifest.name}`);
    }
    if (manifest['version'] !== version) {
      complaints.push(`${path}: "version" must be ${version} as in ${published[0]?.manifest.name}`);
    }
    if (!files.has(`${folder}/README.md`)) complaints.push(`${folder}/README.md: missing`);
    return complaints;
  });
};

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function hasSource(exports: unknown): boolean {
  return fieldOf(fieldOf(exports, '.'), '@aimle/source') !== undefined;
}
