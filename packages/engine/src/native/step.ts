import type * as TensorFlowJs from '@tensorflow/tfjs';

type Tfjs = typeof TensorFlowJs;

/**
 * tfjs-node makes the step function, which is in every rectifier's gradient, of seven operations. Where its slope is 0,
 * it is the sign of the rectified number: two. Answers the name of the kernel.
 */
export function addFastStep(tf: Tfjs): string {
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
