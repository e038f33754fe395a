import { type CategoricalOptions, categorical as categoricalSolver, checkOptions } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { listedInference } from './listedInference.js';

/**
 * Builds the categorical distribution: one out of `size` classes, as a one-hot vector, p(z_i = 1) = softmax(theta)_i.
 *
 * theta has one logit per class, as for the solver; `size` is at most 2^26 here. Use it for one choice among several: a
 * class, an action, an expert, a word of a codebook. It uses closed forms, which are exact at any range of theta, down
 * to entropies and divergences of 1e-300. Cost: O(size) per instance, O(size log size) for `topStates`.
 *
 * @param options - size, and the sense.
 * @returns the distribution, with `kappa` = 1.
 * @throws RangeError when size or sense is out of range.
 *
 * @example
 * ```ts
 * import { categorical } from '@aimle/distributions';
 *
 * const dice = categorical({ size: 6 });
 * dice.logPartition(new Float64Array(6))[0]!.toFixed(4) // => '1.7918'
 * const loaded = Float64Array.of(Math.log(5), 0, 0, 0, 0, 0);
 * Array.from(dice.marginals(loaded), (mu) => mu.toFixed(1)) // => ['0.5', '0.1', '0.1', '0.1', '0.1', '0.1']
 * ```
 */
export function categorical(options: CategoricalOptions): RankedDistribution {
  checkOptions('categorical', options, { size: true, sense: true });
  const { size } = options;
  checkInteger('categorical', 'size', size, 1, 2 ** 26);
  const first = Int32Array.from({ length: size + 1 }, (_, s) => s);
  return assemble(listedInference(categoricalSolver(options), { first, ones: first.subarray(0, size) }));
}
