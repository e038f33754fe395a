import { expect, test } from 'vitest';
import { type DiscreteVaeConfig, discreteVae } from '../src/index.js';

const { quick, paper } = discreteVae.presets;

test('both presets are sound', () => {
  expect(() => discreteVae.check(quick)).not.toThrow();
  expect(() => discreteVae.check(paper)).not.toThrow();
});

test.each<[Partial<DiscreteVaeConfig>, RegExp]>([
  [{ k: 21 }, /dvae: k must be an integer in \[1, 20\], the size of a code, got 21/],
  [{ k: 0 }, /got 0/],
  [{ batchSize: 0 }, /batchSize must be an integer of at least 1, got 0/],
  [{ batchSize: 70_000 }, /batchSize must be at most trainCount/],
  [{ samples: 2.5 }, /samples must be an integer of at least 1, got 2.5/],
  [{ temperature: Number.NaN }, /temperature must be a number of at least 0, got null/],
  [{ lambda: -1 }, /lambda must be a positive number, got -1/],
  [{ noise: 'none', perturbation: 'noise-scaled' }, /noise must be other than none/],
  [
    { temperature: 0, perturbation: 'noise-scaled' },
    /temperature must be above 0 for the noise-scaled perturbation, got 0/,
  ],
  [{ method: 'amile' as 'aimle' }, /method must be one of aimle, imle, straight-through, got "amile"/],
  [
    { difference: 'backward' as 'forward' },
    /difference must be central, forward or left out, got "backward"/,
  ],
])('names the option that cannot be: %o', (change, message) => {
  expect(() => discreteVae.check({ ...paper, ...change })).toThrow(message);
});
