import * as tf from '@tensorflow/tfjs';
import { type KernelCall, type Shim, shim } from './kernel.js';

interface Inputs {
  readonly x: tf.TensorInfo;
}

interface Reduction {
  readonly axis: number | number[];
  /** The name of `axis` in the attributes of Max. */
  readonly reductionIndices?: number | number[];
  readonly keepDims?: boolean;
}

/**
 * What each reduction gives over no elements, as in TensorFlow. The stock kernels divide by zero where they transpose a tensor
 * without elements, and return memory that nobody wrote where such a tensor is reduced to one with elements.
 */
const overNone: Readonly<Record<string, number>> = {
  Sum: 0,
  Mean: Number.NaN,
  Prod: 1,
  Any: 0,
  All: 1,
  Max: Number.NEGATIVE_INFINITY,
  Min: Number.POSITIVE_INFINITY,
  ArgMax: 0,
  ArgMin: 0,
};

/** Kernels for tensors without elements, such as those of an empty batch. Any other is left to the stock kernel. */
export const onEmptyTensors: readonly Shim[] = [
  emptyCase<{ perm: number[] }>('Transpose', ({ backend, inputs: { x }, attrs: { perm } }) =>
    backend.makeOutput(
      perm.map((axis) => x.shape[axis]!),
      x.dtype,
    ),
  ),
  emptyCase('Cumsum', ({ backend, inputs: { x } }) => backend.makeOutput(x.shape, x.dtype)),
  ...Object.entries(overNone).map(([name, value]) =>
    emptyCase<Reduction>(name, ({ backend, inputs: { x }, attrs }) => {
      const { axis, reductionIndices = axis, keepDims = false } = attrs;
      const axes = tf.util.parseAxisParam(reductionIndices, x.shape);
      const shape = x.shape.flatMap((side, at) => (axes.includes(at) ? (keepDims ? [1] : []) : [side]));
      const dtype = /^Arg/.test(name) ? 'int32' : name === 'Mean' ? 'float32' : x.dtype;
      const result = backend.makeOutput(shape, dtype);
      // A typed array of integers would take an infinity for 0.
      const fill = result.dtype === 'int32' ? Math.max(-(2 ** 31), Math.min(value, 2 ** 31 - 1)) : value;
      backend.typedArrayFromHeap(result).fill(fill);
      return result;
    }),
  ),
];

function emptyCase<Attributes>(
  kernelName: string,
  make: (call: KernelCall<Inputs, Attributes>) => tf.TensorInfo,
): Shim {
  return shim<Inputs, Attributes>(
    kernelName,
    (stock) => (call) => (tf.util.sizeFromShape(call.inputs.x.shape) === 0 ? make(call) : stock(call)),
  );
}
