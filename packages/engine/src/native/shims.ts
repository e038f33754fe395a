import util from 'node:util';
import type * as TensorFlowJs from '@tensorflow/tfjs';
import { addDense } from './dense.js';
import { addDepthwiseDilation } from './dilation.js';
import { addNumericPadding } from './padding.js';

type Tfjs = typeof TensorFlowJs;

/** Extends tfjs-node's kernels. Returns the names of the kernels. */
export function addShims(tf: Tfjs): string[] {
  // Dilation before padding, which wraps its kernels.
  const names = [...addDepthwiseDilation(tf), ...addNumericPadding(tf), addFastStep(tf), addFreeCast(tf)];
  return [...new Set(names), ...addDense(tf)];
}

/**
 * Speeds up the step function, which is part of every rectifier's gradient. tfjs-node computes it by seven
 * operations; with alpha 0 it is the sign of the rectified number: two.
 */
function addFastStep(tf: Tfjs): string {
  const kernelName = 'Step';
  const stock = tf.getKernel(kernelName, 'tensorflow');
  tf.unregisterKernel(kernelName, 'tensorflow');
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const x = call.inputs['x'] as TensorFlowJs.Tensor;
      if (call.attrs?.['alpha'] !== 0 || x.dtype !== 'float32') return stock.kernelFunc(call);
      return tf.tidy(() => tf.sign(tf.relu(x)));
    },
  });
  return kernelName;
}

/**
 * Lets a cast to the tensor's own type, which many gradients contain, share the memory: tfjs-node runs an operation of
 * TensorFlow, which copies.
 */
function addFreeCast(tf: Tfjs): string {
  const kernelName = 'Cast';
  const stock = tf.getKernel(kernelName, 'tensorflow');
  tf.unregisterKernel(kernelName, 'tensorflow');
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const x = call.inputs['x']!;
      if (call.attrs?.['dtype'] !== x.dtype) return stock.kernelFunc(call);
      return tf.getKernel('Identity', 'tensorflow').kernelFunc(call);
    },
  });
  return kernelName;
}

const retired = {
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
};

/**
 * Restores the two functions of node:util that tfjs-node's kernels call. Node 23 removed them, and Node 22 warns at
 * each use. These return the same results as before.
 */
export function restoreLegacyUtil(): void {
  for (const [name, value] of Object.entries(retired))
    Object.defineProperty(util, name, { value, configurable: true, writable: true, enumerable: false });
}
