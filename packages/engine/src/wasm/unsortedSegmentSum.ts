import * as tf from '@tensorflow/tfjs';
import { addresses, shim } from './kernel.js';
import { productsOf } from './products.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly segmentIds: tf.TensorInfo;
}

/** Sums slices by segment: the gradient of gather. Slices with a segment out of range are left out. */
export const unsortedSegmentSum = shim<Inputs, { numSegments: number }>(
  'UnsortedSegmentSum',
  () =>
    ({ inputs: { x, segmentIds }, backend, attrs: { numSegments } }) => {
      const sliceShape = x.shape.slice(segmentIds.shape.length);
      const size = tf.util.sizeFromShape(sliceShape);
      const result = backend.makeOutput([numSegments, ...sliceShape], x.dtype);
      const sums = backend.typedArrayFromHeap(result).fill(0);
      const products = productsOf(backend);
      if (products !== undefined && x.dtype === 'float32' && segmentIds.dtype === 'int32') {
        const [ids, from, to] = addresses(backend, segmentIds, x, result);
        products.scatterAddRows(tf.util.sizeFromShape(segmentIds.shape), ids, from, size, numSegments, to);
        return result;
      }
      const values = backend.typedArrayFromHeap(x);
      const segments = backend.typedArrayFromHeap(segmentIds);
      for (let i = 0; i < segments.length; i++) {
        const segment = segments[i]!;
        if (segment < 0 || segment >= numSegments) continue;
        const to = segment * size;
        const from = i * size;
        for (let j = 0; j < size; j++) sums[to + j] = sums[to + j]! + values[from + j]!;
      }
      return result;
    },
);
