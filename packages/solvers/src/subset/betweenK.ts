import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkInteger, checkSense } from '../validation.js';
import { boundedSubset } from './boundedSubset.js';

/**
 * Settings of {@link betweenK}.
 *
 * @example
 * ```ts
 * import { betweenK, type BetweenKOptions } from '@aimle/solvers';
 *
 * const options: BetweenKOptions = { size: 100, low: 5, high: 20 };
 * betweenK(options).kappa // => 20
 * ```
 */
export interface BetweenKOptions {
  /** Number of items to choose from, in [1, 2^31 - 1]. */
  readonly size: number;
  /** Minimum number of items to choose, in [0, high]. */
  readonly low: number;
  /** Maximum number of items to choose, in [1, size]. */
  readonly high: number;
  /** Whether items are worth their scores (`'maximise'`, the default) or cost them (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * Builds the subset solver with two bounds: it marks the items with a positive score, at least `low` and at most `high`
 * of them.
 *
 * z(theta) = argmax of <theta, z> over z in {0,1}^size with low <= sum(z) <= high: all items with a positive score, the
 * best `low` if fewer are positive, the best `high` if more are. Use it where the number of choices is learned as well,
 * within bounds. low = high is {@link topK}, low = 0 is {@link atMostK}.
 *
 * theta has one score per item. Ties resolve to the lexicographically greatest state: a score of 0 is chosen while the
 * bound allows it, and among equal scores the lower index wins. There is always an answer, and it is exact; items with
 * a forbidding infinity are chosen only to reach `low`, in index order.
 *
 * Cost: O(size) expected per instance, without allocation: one pass, and a selection if a bound is active.
 *
 * @param options - size, low, high, and the sense.
 * @returns a solver with `kappa` = size / 2, or the bound that is nearest to it.
 * @throws RangeError when size, low, high or sense is out of range; from `solve`, as {@link Solver} says.
 *
 * @example
 * ```ts
 * import { betweenK } from '@aimle/solvers';
 *
 * const z = new Float32Array(12);
 * const theta = Float32Array.of(4, 3, 2, -1, 4, -3, -2, -1, -4, -3, -2, -1);
 * betweenK({ size: 4, low: 1, high: 2 }).solve(theta, z, 3);
 * Array.from(z) // => [1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]
 * ```
 */
export function betweenK(options: BetweenKOptions): Solver {
  const {
    size,
    low,
    high,
    sense = 'maximise',
  } = checkOptions('betweenK', options, { size: true, low: true, high: true, sense: true });
  const name = 'betweenK';
  checkInteger(name, 'size', size, 1, 2 ** 31 - 1);
  checkInteger(name, 'high', high, 1, size);
  checkInteger(name, 'low', low, 0, high);
  checkSense(name, sense);
  return described(boundedSubset(name, size, low, high, sense), { size, low, high, sense });
}
