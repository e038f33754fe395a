import { makeConfig } from '@aimle/training';
import { expect, test } from 'vitest';
import { type LearningToExplainConfig, learningToExplain, selectionEstimator } from '../src/index.js';

const { paper } = learningToExplain.presets;

test('officialCode sets all deviations, each of which can still be set', () => {
  const official = makeConfig(learningToExplain, 'paper', { officialCode: 'on', ties: 'first' });
  expect(official).toEqual({
    ...paper,
    difference: 'central',
    officialCode: 'on',
    ties: 'first',
    concrete: 'single',
    relaxedNoise: 'negative-gumbel',
    chosenBefore: 'last',
    sampleLoss: 'sum',
    padding: 'selectable',
  });
});

test('texts of your own bring their data and their aspect', () => {
  const config = makeConfig(learningToExplain, 'quick', { texts: 'films.csv', scoreRange: [1, 5] });
  expect(config).toMatchObject({ data: 'texts', aspect: 'score', texts: 'films.csv', scoreRange: [1, 5] });
});

test.each<[Partial<LearningToExplainConfig>, string]>([
  [
    { aspect: 'smell' as 'aroma' },
    'aspect must be one of appearance, aroma, palate, taste, score, got "smell"',
  ],
  [{ aspect: 'score' }, 'aspect must be score with data texts, and one of the others otherwise, got "score"'],
  [{ k: 351 }, 'k must be at most maxLength, 350, got 351'],
  [{ k: 0 }, 'k must be an integer of at least 1, got 0'],
  [{ batchSize: 50, trainCount: 40 }, 'batchSize must be at most trainCount, 40, got 50'],
  [{ samples: 2.5 }, 'samples must be an integer of at least 1, got 2.5'],
  [{ temperature: Number.NaN }, 'temperature must be a finite number of at least 0, got NaN'],
  [{ dropout: 1 }, 'dropout must be a number in [0, 1), got 1'],
  [{ lambda: -1 }, 'lambda must be a finite number above 0, got -1'],
  [{ noise: 'none', perturbation: 'noise-scaled' }, 'noise must be other than none'],
  [
    { data: 'texts', aspect: 'score' },
    'texts must be a file with data texts, and left out otherwise, got nothing',
  ],
  [{ texts: 'a.csv' }, 'texts must be a file with data texts, and left out otherwise, got "a.csv"'],
  [{ scoreRange: [5, 1] }, 'scoreRange must be two numbers, the smaller one first, got [5,1]'],
  [{ method: 'amile' as 'aimle' }, 'method must be one of aimle, imle, straight-through, l2x'],
  [{ padding: 'none' as 'masked' }, 'padding must be one of masked, selectable, got "none"'],
])('names the setting that cannot be: %o', (change, message) => {
  expect(() => learningToExplain.check({ ...paper, ...change })).toThrow(`l2x: ${message}`);
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
