import * as tf from '@tensorflow/tfjs';

/** What a dense layer does to its sums: nothing, max(x, 0), or ELU (x above 0, otherwise e^x - 1). */
export type DenseActivation = 'linear' | 'relu' | 'elu';

/*
 * Steps of the backward pass that some engines have a kernel for, under TensorFlow's names. They are operations of their
 * own, with gradients, so that second derivatives are right.
 */

/** The gradient of a rectifier, from that of its result y. */
export const reluGradKernel = 'ReluGrad';
/** The sums of the columns of a matrix. */
export const biasAddGradKernel = 'BiasAddGrad';

/** Returns the gradient before the activation, from the gradient dy of its result y. */
export function activationGradient(
  activation: DenseActivation,
  dy: tf.Tensor2D,
  y: tf.Tensor2D,
): tf.Tensor2D {
  if (activation === 'linear') return dy;
  if (activation === 'elu') return tf.engine().runKernel('EluGrad', { dy, y }) as tf.Tensor2D;
  if (!has(reluGradKernel)) return tf.mul(dy, tf.step(y));
  return tf.engine().runKernel(reluGradKernel, { dy, y }) as tf.Tensor2D;
}

/** Sums columns, [R, C] to [C]. */
export function columnSums(x: tf.Tensor2D): tf.Tensor1D {
  if (has(biasAddGradKernel)) return tf.engine().runKernel(biasAddGradKernel, { x }) as tf.Tensor1D;
  const [rows, columns] = x.shape;
  // A product is faster than a sum over the first axis, which would transpose the matrix.
  return tf.matMul(tf.ones([1, rows]), x).reshape([columns]);
}

function has(kernelName: string): boolean {
  if (tf.getKernel(kernelName, tf.getBackend()) === undefined) return false;
  if (tf.getGradient(kernelName) === undefined) tf.registerGradient(gradients[kernelName]!);
  return true;
}

const gradients: Readonly<Record<string, tf.GradConfig>> = {
  [reluGradKernel]: {
    kernelName: reluGradKernel,
    inputsToSave: ['y'],
    gradFunc: (again, [y]) => ({
      dy: () => activationGradient('relu', again as tf.Tensor2D, y as tf.Tensor2D),
      y: () => tf.zerosLike(y!),
    }),
  },
  [biasAddGradKernel]: {
    kernelName: biasAddGradKernel,
    inputsToSave: ['x'],
    gradFunc: (again, [x]) => ({ x: () => tf.broadcastTo(again as tf.Tensor, x!.shape) }),
  },
};
