import { kernels } from '@aimle/kernels';
import { writeBits } from './bits.js';
import { requireArray, requireInteger, requireKey } from './constraints.js';
import { fillByKernel } from './fillByKernel.js';
import type { Key } from './key.js';
import { Purpose, threefry } from './threefry.js';

const block = new Uint32Array(2);
const TWO_32 = 2 ** 32;

/**
 * Maps the word of an element to an integer in [0, range). Words in the last, incomplete multiple of range would favour
 * small results, so they are drawn again from counters reserved for that element.
 */
export function bounded(key: Key, element: number, word: number, range: number): number {
  if (range === TWO_32) return word;
  const divisor = range >>> 0;
  let candidate = word >>> 0;
  for (let attempt = 0; ; attempt++) {
    const remainder = candidate % divisor;
    if (candidate - remainder <= TWO_32 - divisor) return remainder;
    threefry(key[0], key[1], element, Purpose.rejection + attempt, block, 1);
    candidate = block[0]!;
  }
}

/**
 * Fills an array with integers drawn uniformly from low, ..., high - 1, without modulo bias: words that would favour
 * some values are drawn again. Element i depends on (key, i) only. Costs about 26 ns per draw, 4 with
 * kernels.
 *
 * @param key - the key of the stream
 * @param out - overwritten, every element
 * @param low - the smallest value, an integer in [-2^31, 2^31 - 1]
 * @param high - one more than the largest value, an integer in [low + 1, 2^31]
 * @throws RangeError when low or high is out of range, TypeError when key is not a key or out is not an Int32Array
 * @example
 * ```ts
 * import { fillIntegers, key } from '@aimle/random';
 * const dice = new Int32Array(1000);
 * fillIntegers(key(0), dice, 1, 7);
 * [Math.min(...dice), Math.max(...dice)]; // => [1, 6]
 * ```
 */
export function fillIntegers(key: Key, out: Int32Array, low: number, high: number): void {
  requireKey('fillIntegers', key);
  requireArray('fillIntegers', out, Int32Array);
  requireInteger('fillIntegers: low', low, -(2 ** 31), 2 ** 31 - 1);
  requireInteger('fillIntegers: high', high, low + 1, 2 ** 31);
  const range = high - low;
  const kernel = range < TWO_32 ? kernels() : null;
  if (kernel !== null) {
    fillByKernel(kernel, out, 4, (fillers, first, count, at) =>
      fillers.fillIntegers(key[0], key[1], first, count, low, range, at),
    );
    return;
  }
  const words = new Uint32Array(out.buffer, out.byteOffset, out.length);
  writeBits(key, words);
  for (let i = 0; i < out.length; i++) out[i] = low + bounded(key, i, words[i]!, range);
}
