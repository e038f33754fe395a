import { exactExpectation } from '../exact/exactExpectation.js';
import { simple } from '../exact/simple.js';
import { stochasticSoftmax } from '../relaxation/stochasticSoftmax.js';
import { scoreFunction } from '../score/scoreFunction.js';
import type { DistributionEstimatorEntry } from './entry.js';

/** Estimators of discrete states that need exact inference. */
const exact = { needs: 'distribution', states: 'discrete', unbiased: 'any-loss', minSamples: 1 } as const;

/**
 * Lists the estimators of this package that need exact inference.
 *
 * @example
 * ```ts
 * import { distributionEstimators } from '@aimle/estimators';
 *
 * distributionEstimators.every(({ needs }) => needs === 'distribution'); // => true
 * ```
 */
export const distributionEstimators: readonly DistributionEstimatorEntry[] = [
  { name: 'score-function', ...exact, build: (distribution) => scoreFunction(distribution) },
  {
    name: 'score-function-plain',
    ...exact,
    build: (distribution) => scoreFunction(distribution, { baseline: 'none' }),
  },
  {
    name: 'score-function-leave-one-out',
    ...exact,
    minSamples: 2,
    build: (distribution) => scoreFunction(distribution, { baseline: 'leave-one-out' }),
  },
  { name: 'exact-expectation', ...exact, build: (distribution) => exactExpectation(distribution) },
  { name: 'simple', ...exact, unbiased: 'linear-loss', build: (distribution) => simple(distribution) },
  {
    name: 'stochastic-softmax',
    ...exact,
    states: 'relaxed',
    unbiased: 'none',
    build: (distribution, noise) => stochasticSoftmax(distribution, { noise }),
  },
  {
    name: 'stochastic-softmax-hard',
    ...exact,
    unbiased: 'none',
    build: (distribution, noise) => stochasticSoftmax(distribution, { noise, hard: true }),
  },
];
