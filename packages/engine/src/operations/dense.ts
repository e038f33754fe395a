import * as tf from '@tensorflow/tfjs';
import { activationGradient, columnSums, type DenseActivation } from './denseGradient.js';

/**
 * Computes a dense layer, `activation(x W^T + b)`, as one operation with a hand-written gradient.
 *
 * It gives what `tf.matMul`, `tf.add` and the activation give, up to the order of sums, with fewer operations: on the
 * native engine two or three forward and up to four backward, instead of five and ten. Gradients that nobody asks for,
 * such as that of the data, are not computed. **Memory**: the backward pass keeps `x` and the result; the sums before
 * the activation are not kept. **Second derivatives** are right for `linear` and `relu`, and an error for `elu`.
 *
 * @param x - shape `[..., inputs]`; of rank 2 it needs no reshape.
 * @param weight - shape `[outputs, inputs]`, PyTorch's layout.
 * @param bias - shape `[outputs]`.
 * @param activation - default `linear`.
 * @returns shape `[..., outputs]`.
 * @throws RangeError when the shapes do not fit.
 * @example
 * ```ts
 * import { dense, useEngine } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const weight = tf.tensor2d([[1, 2], [-1, 0]]);
 * Array.from(dense(tf.tensor2d([[3, 4]]), weight, tf.tensor1d([0.5, 1]), 'relu').dataSync()); // => [11.5, 0]
 * ```
 */
export function dense<T extends tf.Tensor>(
  x: T,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: DenseActivation = 'linear',
): T {
  const [outputs, inputs] = weight.shape;
  if (x.rank < 2 || x.shape[x.rank - 1] !== inputs || bias.rank !== 1 || bias.size !== outputs) {
    throw new RangeError(
      `dense: a weight of shape [${weight.shape.join(', ')}] needs an input [..., ${inputs}] of rank 2 or more and a bias ` +
        `[${outputs}], got [${x.shape.join(', ')}] and [${bias.shape.join(', ')}]`,
    );
  }
  prepare(tf.getBackend());
  if (x.rank === 2) return ofRows(x, weight, bias, activation) as T;
  const y = ofRows(x.reshape([-1, inputs]), weight, bias, activation);
  return y.reshape<T>([...x.shape.slice(0, -1), outputs]);
}

/** The name of the kernel. Engines register their own; the others get {@link composed}. */
export const denseKernel = 'AimleDense';

function ofRows(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, activation: DenseActivation): tf.Tensor {
  return tf.engine().runKernel(denseKernel, { x, weight, bias }, { activation }) as tf.Tensor;
}

/** Registers the gradient, and the kernel of a backend that has none. */
function prepare(backendName: string): void {
  if (tf.getKernel(denseKernel, backendName) === undefined) {
    tf.registerKernel({ kernelName: denseKernel, backendName, kernelFunc: composed });
  }
  if (tf.getGradient(denseKernel) === undefined) tf.registerGradient(gradient);
}

const composed: tf.KernelFunc = ({ inputs, attrs }) =>
  tf.fused.matMul({
    a: inputs['x'] as tf.Tensor2D,
    b: inputs['weight'] as tf.Tensor2D,
    bias: inputs['bias'] as tf.Tensor1D,
    transposeB: true,
    activation: attrs!['activation'] as DenseActivation,
  });

// Registered, not by customGradient: so TensorFlow.js computes only the gradients that are needed.
const gradient: tf.GradConfig = {
  kernelName: denseKernel,
  inputsToSave: ['x', 'weight'],
  outputsToSave: [true],
  gradFunc: (dy, saved, attrs) => {
    const [x, weight, y] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const inner = activationGradient(attrs['activation'] as DenseActivation, dy as tf.Tensor2D, y);
    return {
      x: () => tf.matMul(inner, weight),
      weight: () => tf.matMul(inner, x, true),
      bias: () => columnSums(inner),
    };
  },
};
