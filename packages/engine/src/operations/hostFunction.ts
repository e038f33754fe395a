import * as tf from '@tensorflow/tfjs';
import { customGradient } from './customGradient.js';

/** A function of typed arrays and its gradient, both written by hand. See {@link hostFunction}. */
export interface HostFunction {
  /** Maps the elements of the input, in row-major order, to the values and shape of the output. */
  forward(input: Float32Array): { values: Float32Array; shape: readonly number[] };
  /** Maps the gradient of the output (row-major) to that of the input: as many elements as the input has. */
  backward(gradient: Float32Array): Float32Array;
}

/**
 * An operation computed on typed arrays, outside the engine, with a gradient written by hand: the way a
 * combinatorial solver enters a differentiable program.
 *
 * `forward` runs once, at the call. `backward` runs once for each gradient that is asked for, and not at all
 * when none is; what it needs of the forward pass it keeps in its closure. Both may reuse their own buffers:
 * they are handed copies, and their answers are copied. `input` has any rank, float32. Each pass costs one
 * read from the engine and one write to it (on webgl these wait for the GPU). First derivatives only.
 *
 * @throws when `input` is not float32, or an answer has another length than its shape (or the input) asks for.
 *
 * @example
 * ```ts
 * import { hostFunction, useEngine } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const round = (x: tf.Tensor) =>
 *   hostFunction(x, {
 *     forward: (values) => ({ values: values.map(Math.round), shape: x.shape }),
 *     backward: (gradient) => gradient,
 *   });
 * Array.from(round(tf.tensor1d([0.2, 1.7])).dataSync()); // => [0, 2]
 * Array.from(tf.grad((x) => tf.mul(3, round(x)))(tf.tensor1d([0.2, 1.7])).dataSync()); // => [3, 3]
 * ```
 */
export function hostFunction(input: tf.Tensor, fn: HostFunction): tf.Tensor {
  if (input.dtype !== 'float32') {
    throw new TypeError(
      `hostFunction: input must be float32, got ${input.dtype}; convert it with tf.cast(input, 'float32')`,
    );
  }
  const inputShape = input.shape;
  return customGradient([input], ([x]) => {
    const { values, shape } = fn.forward(copyOf(x!));
    return {
      value: tensorOf(values, shape, 'forward'),
      backward: (gradient) => tensorOf(fn.backward(copyOf(gradient)), inputShape, 'backward'),
    };
  });
}

/** Some engines answer with their own memory and keep the arrays that they are given: hence the copies. */
function copyOf(x: tf.Tensor): Float32Array {
  // Not slice(): cpu answers with a plain array for an empty concatenation.
  return new Float32Array(x.dataSync());
}

function tensorOf(values: Float32Array, shape: readonly number[], pass: 'forward' | 'backward'): tf.Tensor {
  const size = tf.util.sizeFromShape([...shape]);
  if (values.length !== size) {
    throw new RangeError(
      `hostFunction: ${pass} must return ${size} values for shape [${shape.join(', ')}], got ${values.length}`,
    );
  }
  return tf.tensor(values.slice(), [...shape], 'float32');
}
