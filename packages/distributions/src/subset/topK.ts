import { checkOptions, type TopKOptions, topK as topKSolver } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { subsetInference } from './subsetInference.js';

/**
 * Builds the distribution of subsets of exactly k out of `size` items: p(z) is proportional to exp <theta, z> over z in
 * {0,1}^size with sum(z) = k, the conditional Poisson design of survey sampling. k = 1 is {@link categorical}.
 *
 * theta has one logit per item, as for the solver; size * k is at most about 2^27. Use it where a layer chooses k items
 * and you need exact marginals, which sum to k: for SIMPLE's gradients, an expected loss, or the entropy of a choice.
 * It differs from the distribution of the k largest under Gumbel noise, which is {@link plackettLuce}.
 *
 * Cost: O(size * k) per instance for every operation except `states` and `topStates`, which is O(size * k * m log m).
 * Memory: 40 bytes per pair of item and count. It is exact for any range of theta, by a recurrence of sums of positive
 * numbers that carry their own exponent; marginals, entropies and draws are accurate to about 12 digits.
 *
 * @param options - size, k, and the sense.
 * @returns the distribution, with `kappa` = k.
 * @throws RangeError when size, k or sense is out of range.
 *
 * Source: K. Ahmed, Z. Zeng, M. Niepert and G. Van den Broeck, "SIMPLE: a gradient estimator for k-subset sampling",
 * ICLR 2023; X.-H. Chen, A. P. Dempster and J. S. Liu, "Weighted finite population sampling to maximize entropy",
 * Biometrika 1994.
 *
 * @example
 * ```ts
 * import { topK } from '@aimle/distributions';
 *
 * const pairs = topK({ size: 3, k: 2 });
 * const theta = Float64Array.of(0, 0, Math.log(2)); // {0,1}, {0,2}, {1,2} have weights 1, 2, 2
 * Array.from(pairs.marginals(theta), (mu) => mu.toFixed(3)) // => ['0.600', '0.600', '0.800']
 * pairs.logPartition(theta)[0]!.toFixed(3) // => '1.609'
 * const z = new Float32Array(3);
 * pairs.solve(Float32Array.from(theta), z, 1); // as any solver does
 * Array.from(z) // => [1, 0, 1]
 * ```
 */
export function topK(options: TopKOptions): RankedDistribution {
  checkOptions('topK', options, { size: true, k: true, sense: true });
  checkInteger('topK', 'size', options.size, 1, 2 ** 27);
  return assemble(subsetInference(topKSolver(options), options.k, options.k));
}
