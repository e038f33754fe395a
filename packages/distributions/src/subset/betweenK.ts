import { type BetweenKOptions, betweenK as betweenKSolver, checkOptions } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { subsetInference } from './subsetInference.js';

/**
 * Builds the distribution of subsets of `low` to `high` out of `size` items: p(z) is proportional to exp <theta, z>
 * over z in {0,1}^size with low <= sum(z) <= high. With low = 0 it is {@link atMostK}, with low = high {@link topK};
 * with low = 0 and high = size the items are independent, {@link bernoulli}.
 *
 * theta has one logit per item, as for the solver; size * high is at most about 2^27. Use it where the number of
 * choices is also uncertain, within bounds. Accuracy and memory are those of {@link topK}; cost O(size * high) per
 * instance.
 *
 * @param options - size, low, high, and the sense.
 * @returns the distribution, with the solver's `kappa`.
 * @throws RangeError when size, low, high or sense is out of range.
 *
 * @example
 * ```ts
 * import { betweenK } from '@aimle/distributions';
 *
 * const some = betweenK({ size: 3, low: 1, high: 2 });
 * const theta = Float64Array.of(Math.log(2), 0, 0); // {0}, {1}, {2}, {0,1}, {0,2}, {1,2} have weights 2, 1, 1, 2, 2, 1
 * Array.from(some.marginals(theta), (mu) => mu.toFixed(3)) // => ['0.667', '0.444', '0.444']
 * ```
 */
export function betweenK(options: BetweenKOptions): RankedDistribution {
  checkOptions('betweenK', options, { size: true, low: true, high: true, sense: true });
  checkInteger('betweenK', 'size', options.size, 1, 2 ** 27);
  return assemble(subsetInference(betweenKSolver(options), options.low, options.high));
}
