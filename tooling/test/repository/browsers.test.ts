import { expect, test } from 'vitest';
import { browserRoomsLoadWithoutNode } from '../../repository/rules/browsers.js';
import { repository } from './fixture.js';

const complaintsAbout = (room: string, line: string) =>
  browserRoomsLoadWithoutNode(
    repository({
      [`packages/${room}/package.json`]: { name: `@aimle/${room}` },
      [`packages/${room}/src/key.ts`]: line,
    }),
  );

test.each([
  "import { readFileSync } from 'node:fs';",
  "import 'node:fs';",
  "import fs from 'fs';",
  "export { readFileSync } from 'node:fs';",
])('a room for browsers may not load with a module of Node: %s', (line) => {
  expect(complaintsAbout('random', line)).toHaveLength(1);
});

test('a dynamic import or a type loads nothing', () => {
  expect(complaintsAbout('random', "const fs = await import('node:fs');")).toEqual([]);
  expect(complaintsAbout('random', "import type { Stats } from 'node:fs';")).toEqual([]);
});

test('other rooms may use Node', () => {
  expect(complaintsAbout('training', "import { readFileSync } from 'node:fs';")).toEqual([]);
});
