import { makeConfig } from '@aimle/training';
import { expect, test } from 'vitest';
import { type PathConfig, shortestPaths } from '../src/index.js';

const { paper, quick } = shortestPaths.presets;

test.each<[Partial<PathConfig>, string]>([
  [{ size: 1 }, 'size must be an integer in [2, 100], got 1'],
  [{ batchSize: 3000 }, 'batchSize must be at most trainCount, 2000, got 3000'],
  [{ temperature: 0 }, 'temperature must be above 0'],
  [{ method: 'perturbed-optimiser', noise: 'sum-of-gamma' }, 'noise must be normal'],
])('names the setting that cannot be: %o', (change, message) => {
  expect(() => shortestPaths.check({ ...quick, ...change })).toThrow(`path: ${message}`);
});

test('every method can be asked for by its name alone, in both presets', () => {
  for (const preset of ['quick', 'paper'] as const) {
    for (const method of ['aimle', 'imle', 'black-box', 'perturbed-optimiser', 'fenchel-young']) {
      expect(makeConfig<PathConfig>(shortestPaths, preset, { method }).method).toBe(method);
    }
  }
  expect(paper.batchSize).toBe(70);
});
