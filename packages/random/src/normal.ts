import { kernels } from '@aimle/kernels';
import { requireKey } from './constraints.js';
import { fillByKernel } from './fillByKernel.js';
import type { Key } from './key.js';
import { fillByQuantiles, fromLeft } from './tails.js';

/**
 * The normal quantile of a tail. Three rational functions of degree seven (Wichura's AS 241, PPND16): the
 * centre in q = u - 1/2, the rest in r = sqrt(-ln p); relative error about 1e-16.
 */
export function normalQuantile(tail: number): number {
  const p = Math.abs(tail);
  const q = fromLeft(tail) - 0.5;
  if (p >= 0.075) return q * centre(0.180625 - q * q);
  const r = Math.sqrt(-Math.log(p));
  const magnitude = r <= 5 ? shoulder(r - 1.6) : farTail(r - 5);
  return tail > 0 ? -magnitude : magnitude;
}

function centre(r: number): number {
  return (
    (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
      13731.69376550946) *
      r +
      1971.5909503065513) *
      r +
      133.14166789178438) *
      r +
      3.3871328727963665) /
    (((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) *
      r +
      5394.196021424751) *
      r +
      687.1870074920579) *
      r +
      42.31333070160091) *
      r +
      1)
  );
}

function shoulder(r: number): number {
  return (
    (((((((7.745450142783414e-4 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
      1.2704582524523684) *
      r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
      1.4234371107496835) /
    (((((((1.0507500716444169e-9 * r + 5.475938084995345e-4) * r + 0.015198666563616457) * r +
      0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
      1)
  );
}

function farTail(r: number): number {
  return (
    (((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
      0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
      6.657904643501103) /
    (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
      7.868691311456133e-4) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
      1)
  );
}

function normalQuantiles(tails: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) tails[i] = normalQuantile(tails[i]!);
}

/**
 * Fills an array with standard normal draws (mean 0, standard deviation 1) by inversion with Wichura's algorithm AS
 * 241, accurate to the last bits of a double. Tails reach 9.1 standard deviations. Element i depends on (key, i) only.
 * Costs about 25 ns per draw, as float32 with kernels 11.
 *
 * @param key - the key of the stream
 * @param out - overwritten, every element
 * @throws TypeError when key is not a key or out is not an array of floats
 * @example
 * ```ts
 * import { fillNormal, key } from '@aimle/random';
 * const weights = new Float32Array(6);
 * fillNormal(key('weights'), weights);
 * weights.every(Number.isFinite); // => true
 * ```
 * @see Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37, 1988
 */
export function fillNormal(key: Key, out: Float32Array | Float64Array): void {
  const kernel = kernels();
  if (kernel === null || !(out instanceof Float32Array)) {
    fillByQuantiles('fillNormal', key, out, normalQuantiles);
    return;
  }
  requireKey('fillNormal', key);
  fillByKernel(kernel, out, 10, (fillers, first, count, at) =>
    fillers.fillNormal(key[0], key[1], first, count, at),
  );
}
