import { kernels } from '@aimle/kernels';
import { requireArray, requireKey } from './constraints.js';
import { FEW_WORDS, fillByKernel } from './fillByKernel.js';
import type { Key } from './key.js';
import { Purpose, threefry } from './threefry.js';

const block = new Uint32Array(2);

/** Writes words [0, out.length) of the stream of a key. Word i is half (i mod 2) of block floor(i / 2). */
export function writeBits(key: Key, out: Uint32Array): void {
  const kernel = out.length < FEW_WORDS ? null : kernels();
  if (kernel !== null) {
    fillByKernel(kernel, out, 1.5, (fillers, first, count, at) =>
      fillers.fillWords(key[0], key[1], first, count, at),
    );
    return;
  }
  const pairs = out.length >> 1;
  threefry(key[0], key[1], 0, Purpose.bits, out, pairs);
  if (out.length % 2 === 1) {
    threefry(key[0], key[1], pairs, Purpose.bits, block, 1);
    out[out.length - 1] = block[0]!;
  }
}

/**
 * Fills an array with independent uniform 32-bit words: the raw output of Threefry-2x32-20 under the key. Use it for
 * hashing, shuffling or bit masks; everything else in this package is made of these bits. Element i depends on (key, i)
 * only, so a shorter fill is a prefix of a longer one. Costs about 6 ns
 * per word, 2 with kernels, and allocates nothing.
 *
 * @param key - the key of the stream
 * @param out - overwritten, every element
 * @throws TypeError when key is not a key or out is not a Uint32Array
 * @example
 * ```ts
 * import { fillBits } from '@aimle/random';
 * const words = new Uint32Array(2);
 * fillBits([0, 0], words);
 * Array.from(words, (word) => word.toString(16)); // => ['6b200159', '99ba4efe']
 * ```
 * @see Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011
 */
export function fillBits(key: Key, out: Uint32Array): void {
  requireKey('fillBits', key);
  requireArray('fillBits', out, Uint32Array);
  writeBits(key, out);
}
