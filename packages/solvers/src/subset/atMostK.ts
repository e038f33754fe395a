import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkInteger, checkSense } from '../validation.js';
import { boundedSubset } from './boundedSubset.js';

/**
 * Settings of {@link atMostK}.
 *
 * @example
 * ```ts
 * import { atMostK, type AtMostKOptions } from '@aimle/solvers';
 *
 * const options: AtMostKOptions = { size: 100, k: 10 };
 * atMostK(options).kappa // => 10
 * ```
 */
export interface AtMostKOptions {
  /** Number of items to choose from, in [1, 2^31 - 1]. */
  readonly size: number;
  /** Maximum number of items to choose, in [1, size]. */
  readonly k: number;
  /** Whether items are worth their scores (`'maximise'`, the default) or cost them (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * Builds the at-most-k subset solver: it marks the items with a positive score, or the k best of them if there are
 * more.
 *
 * z(theta) = argmax of <theta, z> over z in {0,1}^size with sum(z) <= k. Use it to choose up to k items, and fewer if
 * only a few have positive scores; {@link betweenK} has a lower bound as well.
 *
 * theta has one score per item. Ties resolve to the lexicographically greatest state: a score of 0 is chosen while the
 * bound allows it, and among equal scores the lower index wins. There is always an answer, and it is exact; an item
 * with a forbidding infinity is never chosen.
 *
 * Cost: O(size) expected per instance, without allocation: one pass, and a selection where more than k scores are not
 * negative.
 *
 * @param options - size, k, and the sense.
 * @returns a solver with `kappa` = the smaller of size / 2 and k.
 * @throws RangeError when size, k or sense is out of range; from `solve`, as {@link Solver} says.
 *
 * @example
 * ```ts
 * import { atMostK } from '@aimle/solvers';
 *
 * const z = new Float32Array(8);
 * atMostK({ size: 4, k: 2 }).solve(Float32Array.of(4, 3, 2, -1, -4, 3, -2, -1), z, 2);
 * Array.from(z) // => [1, 1, 0, 0, 0, 1, 0, 0]
 * ```
 */
export function atMostK(options: AtMostKOptions): Solver {
  const {
    size,
    k,
    sense = 'maximise',
  } = checkOptions('atMostK', options, { size: true, k: true, sense: true });
  const name = 'atMostK';
  checkInteger(name, 'size', size, 1, 2 ** 31 - 1);
  checkInteger(name, 'k', k, 1, size);
  checkSense(name, sense);
  return described(boundedSubset(name, size, 0, k, sense), { size, k, sense });
}
