import { expect, test } from 'vitest';
import type { DifferenceDescription } from '../src/operations/device.js';
import type { Gpu } from '../src/webgpu/gpu.js';
import { SubsetPrograms } from '../src/webgpu/subsets/subsetPrograms.js';

const gpu = { maxBytes: 2 ** 31 } as Gpu;

/** Whether rows of so many items fit, where from `low` to all of them are chosen. */
function fits(size: number, low: number, rows: number, draws = 1): boolean {
  const description = { structure: { size, low, high: size }, noise: {}, draws } as DifferenceDescription;
  const call = { batch: rows, samples: 1, events: 1, shape: [rows, size], streams: [], onGradient: () => {} };
  return new SubsetPrograms(gpu, description).fits(call);
}

test('passes whose counts could reach 2^32 stay on the host', () => {
  expect(fits(1024, 0, 4095)).toBe(true);
  expect(fits(1024, 0, 4096)).toBe(false);
  expect(fits(1024, 0, 64, 64)).toBe(false);
  expect(fits(1024, 512, 4096)).toBe(true);
  expect(fits(1024, 1024, 2 ** 18, 16)).toBe(false);
});
