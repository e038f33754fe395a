import { expect, test } from 'vitest';
import { randomnessHasAKey } from '../../repository/rules/randomness.js';
import { repository } from './fixture.js';

test.each(['const x = Math.random();', "const x = Math['random']();", 'const { x = Math.random } = {};'])(
  'a number without a key is found: %s',
  (line) => {
    expect(randomnessHasAKey(repository({ 'packages/random/src/key.ts': `\n${line}` }))).toEqual([
      'packages/random/src/key.ts:2: draw from a key (@aimle/random) instead of Math.random',
    ]);
  },
);

test('words about it, and other names, are not', () => {
  const files = repository({
    'packages/random/src/key.ts':
      "// never Math.random\nconst s = 'Math.random()'; Math.floor(random.random());",
  });
  expect(randomnessHasAKey(files)).toEqual([]);
});
