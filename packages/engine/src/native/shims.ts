import util from 'node:util';
import type * as TensorFlowJs from '@tensorflow/tfjs';
import { addNumericPadding } from './padding.js';

type Tfjs = typeof TensorFlowJs;

/** Gives tfjs-node's kernels what they lack; answers the names of the kernels. */
export function addShims(tf: Tfjs): string[] {
  return [...addNumericPadding(tf), addFastStep(tf)];
}

/**
 * tfjs-node makes the step function, which is in every rectifier's gradient, of seven operations. Where its slope is 0,
 * it is the sign of the rectified number: two.
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

const retired = {
  isArray: Array.isArray,
  isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
};

/**
 * Gives node:util back the two functions that tfjs-node's kernels call. Node 23 removed them and Node 22 warns at each
 * use; these answer the same, so that nothing else can notice.
 */
export function restoreLegacyUtil(): void {
  for (const [name, value] of Object.entries(retired))
    Object.defineProperty(util, name, { value, configurable: true, writable: true, enumerable: false });
}
