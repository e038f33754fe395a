import type * as tf from '@tensorflow/tfjs';
import { customGradient } from './customGradient.js';
import { ownValues, tensorOfCopy } from './hostMemory.js';
import { zerosLike } from './stopGradient.js';

/** A function of typed arrays and its vector-Jacobian product. See {@link hostCallback}. */
export interface HostCallback {
  /** The name of the operation in errors; default `hostCallback`. */
  readonly name?: string;
  /** Maps the elements of the input, in row-major order, to the values and shape of the output. */
  forward(input: Float32Array): { values: Float32Array; shape: readonly number[] };
  /** Maps the gradient of the output (row-major) to that of the input, with as many elements as the input. */
  backward(gradient: Float32Array): Float32Array;
  /**
   * The same product as {@link backward} in tensor operations, which can be differentiated again. If given, it is
   * used instead. `input` is the input of the forward pass.
   */
  differentiableBackward?(gradient: tf.Tensor, input: tf.Tensor): tf.Tensor;
}

/**
 * Runs an operation on typed arrays, outside the tensor engine, with a gradient written by hand. It puts a
 * combinatorial solver into a differentiable program.
 *
 * `forward` runs once, at the call. `backward` runs once for each gradient that is computed; keep what it needs of
 * the forward pass in a closure. Both receive copies, and their results are copied, so they may reuse buffers.
 * `input` is float32, of any rank. **Cost**: each pass reads from the engine once and writes to it once (on webgl
 * these wait for the GPU). A second derivative is an error, unless `differentiableBackward` is given.
 *
 * @throws TypeError when `input` is not float32.
 * @throws RangeError when the length of a result does not fit its shape (or the input).
 * @throws Error when its gradient is differentiated again.
 * @example
 * ```ts
 * import { hostCallback, useEngine } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const round = (x: tf.Tensor) =>
 *   hostCallback(x, {
 *     forward: (values) => ({ values: values.map(Math.round), shape: x.shape }),
 *     backward: (gradient) => gradient,
 *   });
 * Array.from(round(tf.tensor1d([0.2, 1.7])).dataSync()); // => [0, 2]
 * Array.from(tf.grad((x) => tf.mul(3, round(x)))(tf.tensor1d([0.2, 1.7])).dataSync()); // => [3, 3]
 * ```
 */
export function hostCallback(input: tf.Tensor, callback: HostCallback): tf.Tensor {
  const { name = 'hostCallback' } = callback;
  if (input.dtype !== 'float32') {
    throw new TypeError(
      `${name}: input must be float32, got ${input.dtype}; convert it with tf.cast(input, 'float32')`,
    );
  }
  return customGradient([input], ([x], save) => {
    const { values, shape } = callback.forward(ownValues(x!));
    save([x!]);
    return {
      value: tensorOf(name, values, shape, 'forward'),
      backward: (gradient, [kept]) =>
        callback.differentiableBackward?.(gradient, kept!) ?? backwardOnce(name, callback, gradient, kept!),
    };
  });
}

/** Runs the backward pass as a separate operation, so that differentiating it again is an error instead of zero. */
function backwardOnce(
  name: string,
  callback: HostCallback,
  gradient: tf.Tensor,
  input: tf.Tensor,
): tf.Tensor {
  return customGradient([gradient, input], ([g, x]) => ({
    value: tensorOf(name, callback.backward(ownValues(g!)), x!.shape, 'backward'),
    backward: (again) => refuseSecondDerivative(name, again, [gradient, input]),
  }));
}

/** The gradients of a backward pass that is not differentiable: an error, unless the gradient of its result is zero. */
export function refuseSecondDerivative(
  name: string,
  again: tf.Tensor,
  inputs: readonly tf.Tensor[],
): tf.Tensor[] {
  // stopGradient passes zeros back, and their product is zero.
  if (ownValues(again).every((value) => value === 0)) return inputs.map(zerosLike);
  throw new Error(
    `${name}: has no second derivative, since its gradient is computed outside TensorFlow.js; take the gradient once, ` +
      'or stop it with stopGradient before differentiating again',
  );
}

function tensorOf(
  name: string,
  values: Float32Array,
  shape: readonly number[],
  pass: 'forward' | 'backward',
): tf.Tensor {
  const size = shape.reduce((product, axis) => product * axis, 1);
  if (values.length !== size) {
    throw new RangeError(
      `${name}: ${pass} must return ${size} values for shape [${shape.join(', ')}], got ${values.length}`,
    );
  }
  return tensorOfCopy(values, shape);
}
