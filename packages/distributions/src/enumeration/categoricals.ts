import { categorical } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { listedInference } from './listedInference.js';

/**
 * Settings of {@link categoricals}.
 *
 * @example
 * ```ts
 * import { categoricals, type CategoricalsOptions } from '@aimle/distributions';
 *
 * const options: CategoricalsOptions = { size: 10 };
 * categoricals(options).kappa // => 1
 * ```
 */
export interface CategoricalsOptions {
  /** Number of classes, in [1, 2^26]. */
  readonly size: number;
}

/**
 * One out of `size` classes, as a one-hot vector: p(z_i = 1) = softmax(theta)_i. theta has one logit a class, as in
 * `categorical` of `@aimle/solvers`, which finds the mode.
 *
 * Use it for one choice among several: a class, an action, an expert, a word of a codebook. In closed form, exact at any
 * range of theta, down to entropies and divergences of 1e-300. Cost: O(size) an instance, O(size log size) for
 * `topStates`.
 *
 * @param options - the number of classes.
 * @returns the distribution, with `kappa` = 1.
 * @throws RangeError when size is out of range.
 *
 * @example
 * ```ts
 * import { categoricals } from '@aimle/distributions';
 *
 * const dice = categoricals({ size: 6 });
 * dice.logPartition(new Float64Array(6))[0]!.toFixed(4) // => '1.7918'
 * const loaded = Float64Array.of(Math.log(5), 0, 0, 0, 0, 0);
 * Array.from(dice.marginals(loaded), (mu) => mu.toFixed(1)) // => ['0.5', '0.1', '0.1', '0.1', '0.1', '0.1']
 * ```
 */
export function categoricals({ size }: CategoricalsOptions): RankedDistribution {
  const name = 'categoricals';
  checkInteger(name, 'size', size, 1, 2 ** 26);
  const first = Int32Array.from({ length: size + 1 }, (_, s) => s);
  return assemble(
    listedInference(name, size, { first, ones: first.subarray(0, size) }, categorical({ size })),
  );
}
