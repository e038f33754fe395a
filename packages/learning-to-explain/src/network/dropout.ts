import { fillBits, type Key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';

const HALF = 2 ** 16;

/**
 * Leaves each element out with the given probability, and divides the others by what is kept, so that means stay. The
 * probability is rounded to a multiple of 2^-16, and what is kept counted exactly.
 */
export function dropout(x: tf.Tensor2D, probability: number, key: Key): tf.Tensor2D {
  const threshold = Math.round(probability * HALF);
  if (threshold === 0) return x;
  const bits = new Uint32Array(Math.ceil(x.size / 2));
  fillBits(key, bits);
  const halves = new Uint16Array(bits.buffer);
  const scale = HALF / (HALF - threshold);
  const mask = new Float32Array(x.size);
  for (let i = 0; i < mask.length; i++) mask[i] = halves[i]! >= threshold ? scale : 0;
  return x.mul(tf.tensor2d(mask, x.shape));
}
