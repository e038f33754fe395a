import { writeBits } from './bits.js';
import { requireInteger, requireKey } from './constraints.js';
import { bounded } from './integers.js';
import type { Key } from './key.js';

/**
 * Returns 0, ..., n - 1 in a uniformly random order, by Fisher and Yates' shuffle with unbiased bounded integers. Every
 * order is equally likely, up to the 2^64 keys there are. Use it to visit a data set in a new order each epoch:
 * `randomPermutation(foldIn(key, epoch), n)`. Costs about 15 ns per element while n fits the cache.
 *
 * @param key - the key of the order
 * @param n - the number of elements, an integer in [0, 2^31 - 1]
 * @returns a new array that holds each of 0, ..., n - 1 once
 * @throws RangeError when n is not such an integer, TypeError when key is not a key
 * @example
 * ```ts
 * import { key, randomPermutation } from '@aimle/random';
 * randomPermutation(key(0), 5).toSorted(); // => Int32Array.of(0, 1, 2, 3, 4)
 * ```
 * @see Durstenfeld, "Algorithm 235: random permutation", CACM 7, 1964
 */
export function randomPermutation(key: Key, n: number): Int32Array {
  requireKey('randomPermutation', key);
  requireInteger('randomPermutation: n', n, 0, 2 ** 31 - 1);
  const order = new Int32Array(n);
  const words = new Uint32Array(n);
  writeBits(key, words);
  for (let i = 0; i < n; i++) {
    const j = bounded(key, i, words[i]!, i + 1);
    order[i] = order[j]!;
    order[j] = i;
  }
  return order;
}
