import { betweenK } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { subsetInference } from './subsetInference.js';

/**
 * Settings of {@link subsetsBetween}.
 *
 * @example
 * ```ts
 * import { subsetsBetween, type SubsetsBetweenOptions } from '@aimle/distributions';
 *
 * const options: SubsetsBetweenOptions = { size: 100, low: 5, high: 20 };
 * subsetsBetween(options).size // => 100
 * ```
 */
export interface SubsetsBetweenOptions {
  /** Number of items, at least 1; about size * high is at most 2^27. */
  readonly size: number;
  /** The fewest items in a subset, in [0, high]. */
  readonly low: number;
  /** The most items in a subset, in [1, size]. */
  readonly high: number;
}

/**
 * Subsets of `low` to `high` out of `size` items: p(z) is proportional to exp <theta, z> over z in {0,1}^size with
 * low <= sum(z) <= high. theta has one logit an item, as in `betweenK` of `@aimle/solvers`, which finds the mode. With
 * low = 0 and high = size the items are independent: {@link bernoullis}.
 *
 * Use it where the number of choices is itself uncertain, within bounds. Accuracy and memory are those of
 * {@link subsets}; cost O(size * high) an instance.
 *
 * @param options - size, low and high.
 * @returns the distribution, with the solver's `kappa`.
 * @throws RangeError when size, low or high is out of range.
 *
 * @example
 * ```ts
 * import { subsetsBetween } from '@aimle/distributions';
 *
 * const few = subsetsBetween({ size: 3, low: 0, high: 1 });
 * const theta = Float64Array.of(Math.log(2), 0, 0); // {}, {0}, {1}, {2} weigh 1, 2, 1, 1
 * Array.from(few.marginals(theta), (mu) => mu.toFixed(3)) // => ['0.400', '0.200', '0.200']
 * ```
 */
export function subsetsBetween({ size, low, high }: SubsetsBetweenOptions): RankedDistribution {
  const name = 'subsetsBetween';
  checkInteger(name, 'size', size, 1, 2 ** 27);
  checkInteger(name, 'high', high, 1, size);
  checkInteger(name, 'low', low, 0, high);
  return assemble(subsetInference(name, size, low, high, betweenK({ size, low, high })));
}
