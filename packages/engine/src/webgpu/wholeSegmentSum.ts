import * as tf from '@tensorflow/tfjs';

const kernelName = 'UnsortedSegmentSum';
let added = false;

/**
 * Replaces the webgpu kernel that sums integer slices by segment. TensorFlow.js's kernel adds the bits of
 * single-precision numbers instead of integers. Here they are added as single-precision numbers, exact up to 2^24, by
 * the same kernel. Returns the name of the kernel.
 */
export function addWholeSegmentSum(): string {
  if (added) return kernelName;
  const [sum, cast] = [stockKernel(kernelName), stockKernel('Cast')];
  tf.unregisterKernel(kernelName, 'webgpu');
  tf.registerKernel({
    kernelName,
    backendName: 'webgpu',
    kernelFunc(call) {
      const { x, segmentIds } = call.inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      if (x.dtype !== 'int32') return sum(call);
      // Shaders get the type of numbers from the buffer and convert them as they read.
      const single: tf.TensorInfo = { ...x, dtype: 'float32' };
      const sums = sum({ ...call, inputs: { x: single, segmentIds } }) as tf.TensorInfo;
      const whole = cast({ inputs: { x: sums }, backend: call.backend, attrs: { dtype: 'int32' } });
      (call.backend as { disposeData(dataId: object): void }).disposeData(sums.dataId);
      return whole;
    },
  });
  added = true;
  return kernelName;
}

function stockKernel(name: string): tf.KernelFunc {
  const kernel = tf.getKernel(name, 'webgpu');
  if (!kernel) throw new Error(`webgpu: TensorFlow.js's backend has no kernel ${name}`);
  return kernel.kernelFunc;
}
