import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

/** Computed on the engine, so that they are not the values that JavaScript still has. */
const backwards = (values: Float32Array | Int32Array, dtype: 'float32' | 'int32') =>
  tf.tidy(() => tf.reverse(tf.tensor1d(values, dtype)));

/** How many values are not those that were turned round. */
function differences(read: ArrayLike<number>, written: ArrayLike<number>): number {
  let count = Math.abs(read.length - written.length);
  for (let at = 0; at < read.length; at++) {
    if (!Object.is(read[at], written[written.length - 1 - at])) count++;
  }
  return count;
}

// On webgpu in browsers, values are read in windows of 2,048 to 262,144 words.
test.each([1, 3, 2047, 2048, 2049, 262_143, 262_144, 262_145, 600_001])(
  '%i values are read without waiting as they are, to the last bit',
  async (size) => {
    const singles = Float32Array.from({ length: size }, (_, at) => Math.sin(at + 1) * 10 ** ((at % 60) - 30));
    // webgpu reverses integers as single-precision numbers, exact up to 24 bits.
    const wholes = Int32Array.from({ length: size }, (_, at) => Math.imul(at + 1, 0x9e3779b1) >> 8);
    const [real, whole] = [backwards(singles, 'float32'), backwards(wholes, 'int32')];
    expect(differences(real.dataSync(), singles)).toBe(0);
    expect(differences(whole.dataSync(), wholes)).toBe(0);
    expect(differences(await real.data(), singles)).toBe(0);
    real.dispose();
    whole.dispose();
  },
);

test('NaN, infinities and booleans are read, too', () => {
  tf.tidy(() => {
    const odd = tf.reverse(tf.tensor1d([0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]));
    expect([...odd.dataSync()]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN, 0]);
    expect([...tf.greater(tf.tensor1d([1, 2, 3]), 2).dataSync()]).toEqual([0, 0, 1]);
  });
});

test.runIf(tf.getKernel('Complex', tf.getBackend()) !== undefined)(
  'complex numbers are read by their parts',
  () => {
    tf.tidy(() => {
      const complex = tf.complex(tf.tensor1d([1, 2]).add(0), tf.tensor1d([3, 4]).add(0));
      expect([...complex.dataSync()]).toEqual([1, 3, 2, 4]);
    });
  },
);
