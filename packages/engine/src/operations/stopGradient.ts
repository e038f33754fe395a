import type * as tf from '@tensorflow/tfjs';
import { customGradient } from './customGradient.js';
import { tensorEngine } from './tensorEngine.js';

/**
 * Passes `x` on unchanged and blocks its gradient: `y = x`, `dy/dx = 0`.
 *
 * **When to use**: for a quantity that a loss reads but must not train, such as a baseline or a target. If possible,
 * compute it outside the loss instead, which also saves the backward pass of zeros. Any shape; makes no copy.
 *
 * @example
 * ```ts
 * import { stopGradient, useEngine } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const slope = tf.grad((x) => tf.mul(x, stopGradient(x)));
 * slope(tf.scalar(3)).dataSync()[0]; // => 3
 * ```
 */
export function stopGradient<T extends tf.Tensor>(x: T): T {
  return customGradient([x], ([same]) => ({
    value: same!.clone(),
    backward: zerosLike,
  })) as T;
}

/** Zeros in the shape of x. */
export function zerosLike(x: tf.Tensor): tf.Tensor {
  return tensorEngine().makeTensor(new Float32Array(x.size), [...x.shape], 'float32');
}
