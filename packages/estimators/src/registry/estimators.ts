import { distributionEstimators } from './distributionEstimators.js';
import type { EstimatorEntry } from './entry.js';
import { solverEstimators } from './solverEstimators.js';

/**
 * Lists every estimator of this package, with default settings and the given noise (where it takes one). The contract
 * tests run over this list. It leaves out what needs a model of yours, such as `learnedBaseline`.
 *
 * @example
 * ```ts
 * import { estimators } from '@aimle/estimators';
 *
 * estimators.some(({ name }) => name === 'aimle'); // => true
 * ```
 */
export const estimators: readonly EstimatorEntry[] = [...solverEstimators, ...distributionEstimators];
