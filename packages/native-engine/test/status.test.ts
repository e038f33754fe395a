import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { currentRecipe } from '../src/recipe.js';
import { nativeStatus } from '../src/status.js';

const { installed, folder } = await nativeStatus();
const reason = installed ? '' : ` (skipped: not installed, nothing in ${folder})`;

test.skipIf(!installed)(`the engine that is installed here is whole, byte for byte${reason}`, async () => {
  expect((await nativeStatus({ verify: 'checksum' })).faults).toEqual([]);
});

test('the folder that the engine looks into is named after what the recipe installs, and the machine', () => {
  const { version } = currentRecipe.tfjsNode;
  expect(basename(folder).startsWith(`${version}-r`)).toBe(true);
  expect(basename(folder).endsWith(`-${process.platform}-${process.arch}`)).toBe(true);
});
