import type * as tf from '@tensorflow/tfjs';
import { customGradient } from './customGradient.js';
import { zerosLike } from './stopGradient.js';
import { tensorEngine } from './tensorEngine.js';

/** A function of typed arrays and its vector-Jacobian product. See {@link hostCallback}. */
export interface HostCallback {
  /** Names the operation in errors; default `hostCallback`. */
  readonly name?: string;
  /** Maps the elements of the input, in row-major order, to the values and shape of the output. */
  forward(input: Float32Array): { values: Float32Array; shape: readonly number[] };
  /** Maps the gradient of the output (row-major) to that of the input: as many elements as the input has. */
  backward(gradient: Float32Array): Float32Array;
  /**
   * The same product as {@link backward} in tensor operations, where it can be differentiated again; it is used instead.
   * `input` is the input of the forward pass.
   */
  differentiableBackward?(gradient: tf.Tensor, input: tf.Tensor): tf.Tensor;
}

/**
 * Computes an operation on typed arrays, outside the tensor engine, with a gradient written by hand: this is how a
 * combinatorial solver enters a differentiable program.
 *
 * `forward` runs once, at the call. `backward` runs once for each gradient that is asked for, and not at all when none
 * is; what it needs of the forward pass it keeps in its closure. Both receive copies, and their answers are copied, so
 * they may reuse their own buffers. `input` has any rank, float32. Each pass costs one read from the engine and one write
 * to it (on webgl these wait for the GPU). A second derivative is an error, unless `differentiableBackward` is given.
 *
 * @throws TypeError when `input` is not float32.
 * @throws RangeError when an answer has another length than its shape (or the input) asks for.
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
    const { values, shape } = callback.forward(copyOf(x!));
    save([x!]);
    return {
      value: tensorOf(name, values, shape, 'forward'),
      backward: (gradient, [kept]) =>
        callback.differentiableBackward?.(gradient, kept!) ?? backwardOnce(name, callback, gradient, kept!),
    };
  });
}

/** The backward pass as an operation of its own, so that differentiating it again is told instead of dropped. */
function backwardOnce(
  name: string,
  callback: HostCallback,
  gradient: tf.Tensor,
  input: tf.Tensor,
): tf.Tensor {
  return customGradient([gradient, input], ([g, x]) => ({
    value: tensorOf(name, callback.backward(copyOf(g!)), x!.shape, 'backward'),
    backward: (again) => {
      // stopGradient lets zeros through, and nothing times anything is nothing.
      if (copyOf(again).every((value) => value === 0)) return [zerosLike(gradient), zerosLike(input)];
      throw new Error(
        `${name}: has no second derivative, for its gradient is computed outside TensorFlow.js; take the gradient once, ` +
          'or stop it with stopGradient before differentiating again',
      );
    },
  }));
}

/** Some engines answer with their own memory and keep the arrays that they are given: hence the copies. */
function copyOf(x: tf.Tensor): Float32Array {
  // Not slice(): cpu answers with a plain array for an empty concatenation.
  return new Float32Array(x.dataSync());
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
  return tensorEngine().makeTensor(values.slice(), [...shape], 'float32');
}
