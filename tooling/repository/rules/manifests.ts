import type { Manifest, Rule } from '../repository.js';

/** What a public package.json must contain, and how to check it. */
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

/** A public package has a README, one version with the others, and the fields that users need. */
export const publicPackagesAreComplete: Rule = ({ files, packages }) => {
  const published = packages.filter(({ manifest }) => !manifest.private);
  const version = published[0]?.manifest['version'];
  return published.flatMap(({ folder, manifest }) => {
    const path = `${folder}/package.json`;
    const complaints = required
      .filter(([, says]) => !says(manifest))
      .map(([field, , want]) => `${path}: "${field}" must be ${want}`);
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
