import { described } from '../description.js';
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
  /** The fewest items to choose, in [0, high]. */
  readonly low: number;
  /** The most items to choose, in [1, size]. */
  readonly high: number;
  /** Whether items are worth their scores (`'maximise'`, the default) or cost them (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * The between-k subset solver: marks the items that are worth it, at least `low` and at most `high` of them.
 *
 * z(theta) = argmax of <theta, z> over z in {0,1}^size with low <= sum(z) <= high: all items of positive score, the best
 * `low` where fewer are positive, the best `high` where more are. Use it where the number of choices is itself to be
 * learnt, within bounds. low = high is {@link topK}, low = 0 is {@link atMostK}.
 *
 * theta has one score an item. Ties resolve to the lexicographically greatest state: a score of 0 is chosen while there
 * is room, and among equal scores the lower index wins. There is always an answer, and it is exact; items with a
 * forbidding infinity are chosen only to fill up to `low`, the first of them first.
 *
 * Cost: O(size) expected an instance, without allocation: one pass, and a selection where a bound binds.
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
export function betweenK({ size, low, high, sense = 'maximise' }: BetweenKOptions): Solver {
  const name = 'betweenK';
  checkInteger(name, 'size', size, 1, 2 ** 31 - 1);
  checkInteger(name, 'high', high, 1, size);
  checkInteger(name, 'low', low, 0, high);
  checkSense(name, sense);
  return described(boundedSubset(name, size, low, high, sense), { size, low, high, sense });
}
