import { expect, test } from 'vitest';
import { dependenciesArePinnedOnce, publicPackagesAreComplete } from '../../repository/rules/manifests.js';
import { goodManifest, repository } from './fixture.js';

test('one exact version of a dependency in every package is fine', () => {
  const good = repository({
    'package.json': { name: 'aimle', private: true, devDependencies: { vitest: '4.1.12' } },
    'packages/a/package.json': {
      name: '@aimle/a',
      dependencies: { '@aimle/b': 'workspace:*' },
      peerDependencies: { vitest: '^4.1.12' },
      devDependencies: { vitest: '4.1.12' },
    },
  });
  expect(dependenciesArePinnedOnce(good)).toEqual([]);
});

test.each([
  [
    { dependencies: { zod: '^4.6.7' } },
    'packages/a/package.json: zod must be one exact version, got "^4.6.7"',
  ],
  [
    { devDependencies: { zod: 'latest' } },
    'packages/a/package.json: zod must be one exact version, got "latest"',
  ],
  [
    { devDependencies: { zod: '4.6.8' } },
    'packages/a/package.json: zod is 4.6.8 here and 4.6.7 in package.json',
  ],
  [
    { dependencies: { '@aimle/b': '1.0.0' } },
    'packages/a/package.json: @aimle/b must be "workspace:*", got "1.0.0"',
  ],
])('%j is reported', (fields, complaint) => {
  const bad = repository({
    'package.json': { name: 'aimle', private: true, devDependencies: { zod: '4.6.7' } },
    'packages/a/package.json': { name: '@aimle/a', ...fields },
  });
  expect(dependenciesArePinnedOnce(bad)).toContain(complaint);
});

test("the docs' own TypeScript may be another one, and theirs alone", () => {
  const typescript = (version: string) => ({ private: true, devDependencies: { typescript: version } });
  const manifests = {
    'package.json': { name: 'aimle', ...typescript('7.0.2') },
    'apps/docs/package.json': { name: '@aimle/docs', ...typescript('5.9.3') },
  };
  expect(dependenciesArePinnedOnce(repository(manifests))).toEqual([]);
  const other = { ...manifests, 'apps/cli/package.json': { name: '@aimle/cli', ...typescript('5.9.3') } };
  expect(dependenciesArePinnedOnce(repository(other))).toHaveLength(1);
});

test('a complete package passes, and a private one need not be', () => {
  const good = repository({
    'packages/random/package.json': goodManifest,
    'packages/random/README.md': '# @aimle/random',
    'packages/testkit/package.json': { name: '@aimle/testkit', private: true },
  });
  expect(publicPackagesAreComplete(good)).toEqual([]);
});

test.each([
  [{ description: '' }, '"description" must be a sentence'],
  [{ license: 'ISC' }, '"license" must be "MIT"'],
  [{ type: undefined }, '"type" must be "module"'],
  [{ sideEffects: undefined }, '"sideEffects" must be'],
  [{ engines: { node: '>=18' } }, '"engines" must be'],
  [{ files: ['src'] }, '"files" must be a list with "dist"'],
  [{ exports: { '.': './dist/index.js' } }, '"exports" must be'],
  [{ publishConfig: { ...goodManifest.publishConfig, provenance: false } }, '"publishConfig" must be'],
  [
    { publishConfig: { ...goodManifest.publishConfig, exports: goodManifest.exports } },
    '"publishConfig" must be',
  ],
  [{ name: '@aimle/chance' }, '"name" must be @aimle/ and the folder\'s name, got @aimle/chance'],
])('%j is reported', (fields, complaint) => {
  const bad = repository({
    'packages/random/package.json': { ...goodManifest, ...fields },
    'packages/random/README.md': '# @aimle/random',
  });
  const [found, ...more] = publicPackagesAreComplete(bad);
  expect(found).toContain(`packages/random/package.json: ${complaint}`);
  expect(more).toEqual([]);
});

test('a version apart from the others, and a missing README, are reported', () => {
  const bad = repository({
    'packages/random/package.json': goodManifest,
    'packages/random/README.md': '# @aimle/random',
    'packages/solvers/package.json': { ...goodManifest, name: '@aimle/solvers', version: '1.2.4' },
  });
  expect(publicPackagesAreComplete(bad)).toEqual([
    'packages/solvers/package.json: "version" must be 1.2.3 as in @aimle/random',
    'packages/solvers/README.md: missing',
  ]);
});
