import * as tf from '@tensorflow/tfjs';

/** What kernels use of the pure JavaScript backend. */
interface Backend {
  readonly data: { get(dataId: object): { readonly values: Float32Array | Int32Array } };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array | Int32Array): tf.TensorInfo;
}

let added = false;

/**
 * Replaces the cpu kernel that sums slices by segment, the gradient of gather. It makes one pass; the stock kernel
 * makes one pass over all slices for each sum. Slices with a segment out of range are left out. Returns the name of
 * the kernel.
 */
export function addSegmentSum(): string {
  const kernelName = 'UnsortedSegmentSum';
  if (added) return kernelName;
  tf.unregisterKernel(kernelName, 'cpu');
  tf.registerKernel({
    kernelName,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { x, segmentIds } = inputs as { x: tf.TensorInfo; segmentIds: tf.TensorInfo };
      const { data, makeTensorInfo } = backend as Backend;
      const count = attrs?.['numSegments'] as number;
      const shape = x.shape.slice(segmentIds.shape.length);
      const size = tf.util.sizeFromShape(shape);
      const values = data.get(x.dataId).values;
      const segments = data.get(segmentIds.dataId).values;
      const sums = x.dtype === 'int32' ? new Int32Array(count * size) : new Float32Array(count * size);
      for (let i = 0; i < segments.length; i++) {
        const to = segments[i]! * size;
        if (segments[i]! < 0 || segments[i]! >= count) continue;
        for (let j = 0; j < size; j++) sums[to + j]! += values[i * size + j]!;
      }
      return makeTensorInfo.call(backend, [count, ...shape], x.dtype, sums);
    },
  });
  added = true;
  return kernelName;
}
