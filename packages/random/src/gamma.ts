import { requireFloats, requireKey, requireNumber } from './constraints.js';
import type { Key } from './key.js';
import { normalQuantile } from './normal.js';
import { tailOfBlock } from './tails.js';
import { Purpose, threefry } from './threefry.js';

const block = new Uint32Array(2);

/** ln u for the uniform number that the 64 bits in `block` encode; exact at both ends. */
function logUniform(): number {
  const tail = tailOfBlock(block[0]! | 0, block[1]! | 0);
  return tail > 0 ? Math.log(tail) : Math.log1p(tail);
}

/** One Gamma(shape) draw for shape >= 1: attempt j of element i reads its own two blocks. */
function marsagliaTsang(key: Key, element: number, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let attempt = 0; ; attempt++) {
    threefry(key[0], key[1], element, Purpose.gamma + 2 * attempt, block, 1);
    const x = normalQuantile(tailOfBlock(block[0]! | 0, block[1]! | 0));
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    threefry(key[0], key[1], element, Purpose.gamma + 2 * attempt + 1, block, 1);
    if (logUniform() < 0.5 * x * x + d * (1 - v) + 3 * d * Math.log(root)) return d * v;
  }
}

/**
 * Fills an array with Gamma(shape, scale 1) draws: density x^(shape-1) e^-x / Gamma(shape), mean and variance equal to
 * shape; multiply by a scale to get that scale. The method of Marsaglia and Tsang, exact, with G(shape) = G(shape + 1)
 * u^(1/shape) where shape < 1. The method rejects some attempts, but each attempt of each element has its own counter,
 * so element i depends on (key, i) only. For tiny shapes most draws lie below the smallest float and become 0. Costs
 * about 120 ns per draw; for Sum-of-Gamma noise use `sumOfGamma`, which is faster.
 *
 * @param key - the key of the stream
 * @param out - overwritten, every element
 * @param shape - in [1e-3, 1e6]
 * @throws RangeError when shape is out of range, TypeError when key is not a key or out is not an array of floats
 * @example
 * ```ts
 * import { fillGamma, key } from '@aimle/random';
 * const g = new Float64Array(100);
 * fillGamma(key(0), g, 2.5);
 * g.every((x) => x > 0); // => true
 * ```
 * @see Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26, 2000
 */
export function fillGamma(key: Key, out: Float32Array | Float64Array, shape: number): void {
  requireKey('fillGamma', key);
  requireFloats('fillGamma', out);
  requireNumber('fillGamma: shape', shape, 1e-3, 1e6);
  for (let i = 0; i < out.length; i++) {
    if (shape >= 1) {
      out[i] = marsagliaTsang(key, i, shape);
    } else {
      const larger = marsagliaTsang(key, i, shape + 1);
      threefry(key[0], key[1], i, Purpose.gammaBoost, block, 1);
      out[i] = larger * Math.exp(logUniform() / shape);
    }
  }
}
