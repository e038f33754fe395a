import type { Key } from './key.js';
import { fillByQuantiles, fromRight, NEAR_ONE } from './tails.js';

function exponentialQuantiles(tails: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const tail = tails[i]!;
    const above = fromRight(tail);
    tails[i] = above < NEAR_ONE ? -Math.log(above) : -Math.log1p(-tail);
  }
}

/**
 * Fills an array with standard exponential draws, F(x) = 1 - exp(-x) for x > 0, by inversion: x = -ln(1 - u). The mean
 * and the standard deviation are 1; divide by a rate to get that rate. Element i depends on (key, i) only. Costs about
 * 40 ns per draw.
 *
 * @param key - the key of the stream
 * @param out - overwritten, every element
 * @throws TypeError when key is not a key or out is not an array of floats
 * @example
 * ```ts
 * import { fillExponential, key } from '@aimle/random';
 * const waits = new Float64Array(100);
 * fillExponential(key(0), waits);
 * waits.every((x) => x > 0); // => true
 * ```
 */
export function fillExponential(key: Key, out: Float32Array | Float64Array): void {
  fillByQuantiles('fillExponential', key, out, exponentialQuantiles);
}
