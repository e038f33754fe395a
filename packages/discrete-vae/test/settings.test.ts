import { expect, test } from 'vitest';
import { type DiscreteVaeConfig, discreteVae } from '../src/index.js';

const { paper } = discreteVae.presets;

test.each<[Partial<DiscreteVaeConfig>, string]>([
  [{ k: 21 }, 'k must be at most codeSize, 20, got 21'],
  [{ k: 0 }, 'k must be an integer of at least 1, got 0'],
  [{ batchSize: 0 }, 'batchSize must be an integer of at least 1, got 0'],
  [{ batchSize: 70_000 }, 'batchSize must be at most trainCount, 60000, got 70000'],
  [{ samples: 2.5 }, 'samples must be an integer of at least 1, got 2.5'],
  [{ temperature: Number.NaN }, 'temperature must be a finite number of at least 0, got NaN'],
  [{ lambda: -1 }, 'lambda must be a finite number above 0, got -1'],
  [{ hidden: [8, 0] }, 'hidden must be two integers of at least 1, got [8,0]'],
  [{ noise: 'none', perturbation: 'noise-scaled' }, 'noise must be other than none'],
  [{ temperature: 0, perturbation: 'noise-scaled' }, 'temperature must be above 0'],
  [{ method: 'amile' as 'aimle' }, 'method must be one of aimle, imle, straight-through, got "amile"'],
  [
    { difference: 'back' as 'forward' },
    'difference must be one of central, forward, or left out, got "back"',
  ],
])('names the setting that cannot be: %o', (change, message) => {
  expect(() => discreteVae.check({ ...paper, ...change })).toThrow(`dvae: ${message}`);
});
