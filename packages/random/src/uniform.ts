import { kernels } from '@aimle/kernels';
import { writeBits } from './bits.js';
import { requireFloats, requireKey } from './constraints.js';
import { fillByKernel } from './fillByKernel.js';
import type { Key } from './key.js';

/**
 * Fills an array with uniform draws from the open interval (0, 1): never 0 and never 1, so the logarithms of u and of
 * 1 - u are finite. A Float32Array gets 23 bits, (j + 1/2) / 2^23, a Float64Array 52 bits, (j + 1/2) / 2^52; every such
 * number is exact and equally likely. Element i depends on (key, i) only. To draw from another distribution use its
 * filler, which resolves its tails with up to 64 bits. Costs about 8 ns (float32) or 15 ns (float64) per draw, with
 * kernels 2 or 7.
 *
 * @param key - the key of the stream
 * @param out - overwritten, every element
 * @throws TypeError when key is not a key or out is not an array of floats
 * @example
 * ```ts
 * import { fillUniform, key } from '@aimle/random';
 * const u = new Float64Array(1000);
 * fillUniform(key(0), u);
 * u.every((x) => x > 0 && x < 1); // => true
 * ```
 */
export function fillUniform(key: Key, out: Float32Array | Float64Array): void {
  requireKey('fillUniform', key);
  requireFloats('fillUniform', out);
  const kernel = kernels();
  if (kernel !== null && out instanceof Float32Array) {
    fillByKernel(kernel, out, 1.5, (fillers, first, count, at) =>
      fillers.fillUniform(key[0], key[1], first, count, at),
    );
    return;
  }
  // The bits are written into the memory of the result and converted to floats in place.
  if (out instanceof Float32Array) {
    const words = new Uint32Array(out.buffer, out.byteOffset, out.length);
    writeBits(key, words);
    for (let i = 0; i < out.length; i++) out[i] = ((words[i]! >>> 9) + 0.5) * 2 ** -23;
  } else {
    const words = new Uint32Array(out.buffer, out.byteOffset, 2 * out.length);
    writeBits(key, words);
    for (let i = 0; i < out.length; i++) {
      out[i] = (words[2 * i]! * 2 ** 20 + (words[2 * i + 1]! >>> 12) + 0.5) * 2 ** -52;
    }
  }
}
