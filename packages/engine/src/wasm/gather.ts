import * as tf from '@tensorflow/tfjs';
import { addresses, shim } from './kernel.js';
import { productsOf } from './products.js';

interface Inputs {
  readonly x: tf.TensorInfo;
  readonly indices: tf.TensorInfo;
}

/** Slices with fewer elements are not worth a separate copy. */
const longSlice = 16;

/**
 * Gathers slices at indices by copying whole runs of memory. The stock kernel copies elements and locates each by
 * divisions, which is fifty times slower for rows of 256.
 */
export const gather = shim<Inputs, { axis: number; batchDims: number }>('GatherV2', (stock) => (call) => {
  const { inputs, backend, attrs } = call;
  const { x, indices } = inputs;
  const axis = tf.util.parseAxisParam(attrs.axis, x.shape)[0]!;
  const size = x.shape[axis]!;
  const run = tf.util.sizeFromShape(x.shape.slice(axis + 1));
  const outer = tf.util.sizeFromShape(x.shape.slice(0, axis));
  const products = x.dtype === 'bool' || x.dtype === 'string' ? undefined : productsOf(backend);
  if (attrs.batchDims !== 0 || indices.dtype !== 'int32') return stock(call);
  if (products === undefined && run < longSlice) return stock(call);
  const result = backend.makeOutput(
    [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)],
    x.dtype,
  );
  const refuse = (index: number): never => {
    backend.disposeData(result.dataId);
    throw new RangeError(`gather: indices must be in [0, ${size - 1}], got ${index}`);
  };
  if (products !== undefined) {
    const [from, at, to] = addresses(backend, x, indices, result);
    const count = tf.util.sizeFromShape(indices.shape);
    for (let o = 0; o < outer; o++) {
      const [table, out] = [from + 4 * o * size * run, to + 4 * o * count * run];
      const found = products.gatherRows(count, at, size, run, table, out);
      if (found < count) refuse(backend.typedArrayFromHeap(indices)[found]!);
    }
    return result;
  }
  const from = backend.typedArrayFromHeap(x);
  const to = backend.typedArrayFromHeap(result);
  const wanted = backend.typedArrayFromHeap(indices);
  for (let o = 0, end = 0; o < outer; o++) {
    for (let i = 0; i < wanted.length; i++, end += run) {
      const index = wanted[i]!;
      if (index < 0 || index >= size) refuse(index);
      const start = (o * size + index) * run;
      to.set(from.subarray(start, start + run), end);
    }
  }
  return result;
});
