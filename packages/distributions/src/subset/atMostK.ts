import { type AtMostKOptions, atMostK as atMostKSolver, checkOptions } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { subsetInference } from './subsetInference.js';

/**
 * Builds the distribution of subsets of at most k out of `size` items: p(z) is proportional to exp <theta, z> over z in
 * {0,1}^size with sum(z) <= k. {@link betweenK} has a lower bound as well.
 *
 * theta has one logit per item, as for the solver; size * k is at most about 2^27. Use it where a layer chooses up to k
 * items, and fewer if the scores are low. Accuracy and memory are those of {@link topK}; cost O(size * k) per instance.
 *
 * @param options - size, k, and the sense.
 * @returns the distribution, with the solver's `kappa`.
 * @throws RangeError when size, k or sense is out of range.
 *
 * @example
 * ```ts
 * import { atMostK } from '@aimle/distributions';
 *
 * const few = atMostK({ size: 3, k: 1 });
 * const theta = Float64Array.of(Math.log(2), 0, 0); // {}, {0}, {1}, {2} have weights 1, 2, 1, 1
 * Array.from(few.marginals(theta), (mu) => mu.toFixed(3)) // => ['0.400', '0.200', '0.200']
 * ```
 */
export function atMostK(options: AtMostKOptions): RankedDistribution {
  checkOptions('atMostK', options, { size: true, k: true, sense: true });
  checkInteger('atMostK', 'size', options.size, 1, 2 ** 27);
  return assemble(subsetInference(atMostKSolver(options), 0, options.k));
}
