import type * as tf from '@tensorflow/tfjs';
import { tensorEngine } from './tensorEngine.js';

/**
 * The result of an operation with a hand-written gradient: its value, and its vector-Jacobian product.
 *
 * @example
 * ```ts
 * import type { Differentiated } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * const one: Differentiated = { value: tf.scalar(1), backward: (gradient) => gradient };
 * one.value.shape; // => []
 * ```
 */
export interface Differentiated {
  readonly value: tf.Tensor;
  /**
   * Computes the gradient of each input. Use only the gradient and the saved tensors: others may be disposed by then.
   */
  backward(gradient: tf.Tensor, saved: tf.Tensor[]): tf.Tensor | tf.Tensor[];
}

/**
 * Runs an operation whose gradient is written by hand in tensor operations. **When to use**: where automatic
 * differentiation does more work than needed, or cannot find the gradient. For code on typed arrays use {@link
 * hostCallback}.
 *
 * It wraps `tf.customGrad`. Two rules apply: tensors that the backward pass needs, inputs included, must go through
 * `save`; and `backward` must return one gradient for each input.
 *
 * @param inputs - the tensors that the gradient is taken with respect to.
 * @param operation - computes the value; `save` keeps tensors for the backward pass.
 * @returns the value.
 * @example
 * ```ts
 * import { customGradient, useEngine } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const cube = (x: tf.Tensor) =>
 *   customGradient([x], ([value], save) => {
 *     save([value!]);
 *     return { value: tf.pow(value!, 3), backward: (gradient, [x]) => tf.mul(gradient, tf.mul(3, tf.square(x!))) };
 *   });
 * tf.grad(cube)(tf.scalar(2)).dataSync()[0]; // => ~12
 * ```
 */
export function customGradient(
  inputs: tf.Tensor[],
  operation: (inputs: tf.Tensor[], save: (tensors: tf.Tensor[]) => void) => Differentiated,
): tf.Tensor {
  const run = tensorEngine().customGrad((...given) => {
    const save = given.pop() as tf.GradSaveFunc;
    const { value, backward } = operation(given as tf.Tensor[], save);
    return { value, gradFunc: backward };
  });
  return run(...inputs);
}
