import { expect, test } from 'vitest';
import { publicPackagesAreComplete } from '../../repository/rules/manifests.js';
import { goodManifest, repository } from './fixture.js';

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
