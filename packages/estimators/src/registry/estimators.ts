import { distributionEstimators } from './distributionEstimators.js';
import type { EstimatorEntry } from './entry.js';
import { solverEstimators } from './solverEstimators.js';

/**
 * Every estimator of this package, with default settings and the noise that is asked for (where it takes one). One battery
 * of contract tests runs over this list. What needs a model of the user's, as `learned` does, is not in it.
 *
 * @example
 * ```ts
 * import { estimators } from '@aimle/estimators';
 *
 * estimators.some(({ name }) => name === 'aimle'); // => true
 * ```
 */
export const estimators: readonly EstimatorEntry[] = [...solverEstimators, ...distributionEstimators];
