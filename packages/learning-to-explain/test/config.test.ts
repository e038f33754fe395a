import { expect, test } from 'vitest';
import {
  type LearningToExplainConfig,
  learningToExplain,
  officialWays,
  selectionEstimator,
} from '../src/index.js';

const { quick, paper } = learningToExplain.presets;

test('both presets are sound, and so are all of the official ways', () => {
  for (const config of [quick, paper, { ...paper, ...officialWays }]) {
    expect(() => learningToExplain.check(config)).not.toThrow();
  }
});

test.each<[Partial<LearningToExplainConfig>, RegExp]>([
  [{ aspect: 'smell' as 'aroma' }, /l2x: aspect must be one of appearance, aroma, .* got "smell"/],
  [{ aspect: 'score' }, /aspect must be one of appearance, aroma, palate, taste, got "score"/],
  [{ k: 351 }, /k must be an integer in \[1, 350\], the words that are read, got 351/],
  [{ k: 0 }, /got 0/],
  [{ batchSize: 50, trainCount: 40 }, /batchSize must be at most trainCount, 40, got 50/],
  [{ samples: 2.5 }, /samples must be an integer of at least 1, got 2.5/],
  [{ temperature: Number.NaN }, /temperature must be a number of at least 0, got null/],
  [{ dropout: 1 }, /dropout must be a number in \[0, 1\), got 1/],
  [{ lambda: -1 }, /lambda must be a positive number, got -1/],
  [{ noise: 'none', perturbation: 'noise-scaled' }, /noise must be other than none/],
  [{ data: 'texts', aspect: 'score' }, /texts must be a file with data texts/],
  [{ texts: 'a.csv' }, /texts must be a file with data texts, and empty otherwise, got "a.csv"/],
  [{ scoreRange: [5, 1] }, /scoreRange must be two numbers, the less one first, got \[5,1\]/],
  [{ method: 'amile' as 'aimle' }, /method must be one of aimle, imle, straight-through, l2x/],
  [{ padding: 'none' as 'masked' }, /padding must be one of masked, selectable, got "none"/],
])('names the option that cannot be: %o', (change, message) => {
  expect(() => learningToExplain.check({ ...paper, ...change })).toThrow(message);
});

test('each method is the estimator of its name', () => {
  const name = (change: Partial<LearningToExplainConfig>): string =>
    selectionEstimator({ ...paper, maxLength: 20, ...change }).name;
  expect(name({ method: 'aimle' })).toBe('aimle');
  expect(name({ method: 'imle' })).toBe('imle');
  expect(name({ method: 'straight-through' })).toBe('straight-through');
  expect(name({ method: 'l2x' })).toBe('concrete-subset');
  expect(name({ method: 'l2x', concrete: 'single' })).toBe('gumbel-softmax');
  expect(name({ method: 'relaxed-subset' })).toBe('relaxed-subset');
  expect(name({ method: 'relaxed-subset', chosenBefore: 'last' })).toBe('forgetful-subset');
  expect(name({ method: 'simple' })).toBe('simple');
  expect(name({ method: 'score-function' })).toBe('score-function');
});
