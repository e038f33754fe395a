import { expect, test } from 'vitest';
import { dependenciesPointUp, packagesAreNamedAfterTheirFolder } from '../../repository/rules/packages.js';
import { repository } from './fixture.js';

/** A repository of one package that depends on another. */
const depending = (folder: string, name: string, needed: string, field = 'dependencies') =>
  repository({ [`${folder}/package.json`]: { name, [field]: { [needed]: 'workspace:*' } } });

test.each([
  ['packages/estimators', '@aimle/estimators', '@aimle/solvers'],
  ['packages/aimle', 'aimle', '@aimle/estimators'],
  ['packages/shortest-paths', '@aimle/shortest-paths', 'aimle'],
  ['apps/cli', '@aimle/cli', '@aimle/native-engine'],
])('%s: %s may depend on %s', (folder, name, needed) => {
  expect(dependenciesPointUp(depending(folder, name, needed))).toEqual([]);
});

test('tests may use what their package may not', () => {
  const good = depending('packages/solvers', '@aimle/solvers', '@aimle/training', 'devDependencies');
  expect(dependenciesPointUp(good)).toEqual([]);
});

test.each([
  ['packages/random', '@aimle/random', '@aimle/solvers', 'dependencies'],
  ['packages/random', '@aimle/random', '@aimle/solvers', 'peerDependencies'],
  ['packages/estimators', '@aimle/estimators', 'aimle', 'dependencies'],
  ['packages/discrete-vae', '@aimle/discrete-vae', '@aimle/shortest-paths', 'dependencies'],
  ['apps/docs', '@aimle/docs', '@aimle/cli', 'dependencies'],
  ['packages/random', '@aimle/random', '@aimle/cellar', 'dependencies'],
  ['packages/random', '@aimle/random', '@aimle/random', 'dependencies'],
])('%s: %s may not depend on %s', (folder, name, needed, field) => {
  expect(dependenciesPointUp(depending(folder, name, needed, field))).toEqual([
    `${folder}/package.json: ${name} may not depend on ${needed}`,
  ]);
});

test('a package outside the list is reported', () => {
  const [complaint] = dependenciesPointUp(
    repository({ 'packages/cellar/package.json': { name: '@aimle/cellar' } }),
  );
  expect(complaint).toContain('@aimle/cellar is not in the list of packages');
});

test.each([
  ['packages/random', '@aimle/random', null],
  ['packages/aimle', 'aimle', null],
  ['apps/cli', '@aimle/cli', null],
  ['packages/create-aimle', 'create-aimle', null],
  ['packages/create-aimle/template', 'someone-elses', null],
  ['packages/random', '@aimle/chance', '@aimle/random'],
  ['packages/random', 'aimle', '@aimle/random'],
  ['packages/aimle', '@aimle/aimle', 'aimle'],
  ['apps/docs', 'docs', '@aimle/docs'],
])('the folder %s and the name %s', (folder, name, expected) => {
  const complaints = packagesAreNamedAfterTheirFolder(repository({ [`${folder}/package.json`]: { name } }));
  expect(complaints).toEqual(
    expected === null ? [] : [`${folder}/package.json: "name" must be ${expected}, got ${name}`],
  );
});
