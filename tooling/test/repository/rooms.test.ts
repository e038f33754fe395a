import { expect, test } from 'vitest';
import { roomsPointDown } from '../../repository/rules/rooms.js';
import { repository } from './fixture.js';

const manifest = (name: string, more: object = {}) => ({ name: `@aimle/${name}`, ...more });

test('a room may stand on the rooms below it', () => {
  const good = repository({
    'packages/estimators/package.json': manifest('estimators', {
      dependencies: { '@aimle/solvers': 'workspace:*' },
    }),
    'packages/estimators/src/aimle.ts':
      "import type { Solver } from '@aimle/solvers';\nimport { a } from './a/b.js';\n",
    'packages/estimators/src/a/b.ts': "export { c } from '../c.js';\n",
  });
  expect(roomsPointDown(good)).toEqual([]);
});

test('tests may use what their package may not', () => {
  const good = repository({
    'packages/solvers/package.json': manifest('solvers', {
      devDependencies: { '@aimle/random': 'workspace:*' },
    }),
    'packages/solvers/test/topK.test.ts': "import { key } from '@aimle/random';\n",
  });
  expect(roomsPointDown(good)).toEqual([]);
});

test.each(['dependencies', 'peerDependencies'])('%s may not point up', (field) => {
  const bad = repository({
    'packages/random/package.json': manifest('random', { [field]: { '@aimle/solvers': 'workspace:*' } }),
  });
  expect(roomsPointDown(bad)).toEqual([
    'packages/random/package.json: @aimle/random may not depend on @aimle/solvers',
  ]);
});

test.each([
  "import { aimle } from '@aimle/estimators';",
  "import type { Estimator } from '@aimle/estimators';",
  "export { aimle } from '@aimle/estimators/aimle';",
  "const { aimle } = await import('@aimle/estimators');",
])('an import may not point up: %s', (line) => {
  const bad = repository({
    'packages/solvers/package.json': manifest('solvers'),
    'packages/solvers/src/topK.ts': `\n${line}\n`,
  });
  expect(roomsPointDown(bad)).toEqual([
    'packages/solvers/src/topK.ts:2: @aimle/solvers may not import @aimle/estimators',
  ]);
});

test('a path into another package is no way around', () => {
  const bad = repository({
    'packages/solvers/package.json': manifest('solvers'),
    'packages/solvers/src/topK.ts': "import { key } from '../../random/src/key.js';\n",
  });
  expect(roomsPointDown(bad)).toEqual([
    'packages/solvers/src/topK.ts:1: "../../random/src/key.js" leaves src/; import the package that owns it',
  ]);
});

test('a package outside the list of rooms is reported', () => {
  const bad = repository({ 'packages/cellar/package.json': manifest('cellar') });
  expect(roomsPointDown(bad)[0]).toContain('@aimle/cellar is not in the list of rooms');
});
