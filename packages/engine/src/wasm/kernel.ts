import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** What a kernel is given: tensors without methods, the backend that holds them, and the operation's settings. */
export interface KernelCall<Inputs, Attributes> {
  readonly inputs: Inputs;
  readonly backend: BackendWasm;
  readonly attrs: Attributes;
}

/** A kernel that this package puts in the place of TensorFlow.js's own, or where it has none. */
export interface Shim {
  readonly kernelName: string;
  /** Makes the kernel; `stock` is the one that was there, if any. */
  make(stock: tf.KernelConfig | undefined): tf.KernelFunc;
}

/** Describes a shim, with the types of what its kernel is given. */
export function shim<Inputs, Attributes>(
  kernelName: string,
  make: (
    stock: (call: KernelCall<Inputs, Attributes>) => tf.TensorInfo,
  ) => (call: KernelCall<Inputs, Attributes>) => tf.TensorInfo,
): Shim {
  return {
    kernelName,
    make(stock) {
      const missing = () => {
        throw new Error(`${kernelName}: the wasm engine has no kernel for these arguments`);
      };
      return make((stock?.kernelFunc ?? missing) as never) as never;
    },
  };
}

/** Runs a kernel of the wasm engine. Its result is the caller's to return or to {@link release}. */
export function run(
  name: string,
  backend: BackendWasm,
  inputs: Readonly<Record<string, tf.TensorInfo | undefined>>,
  attrs: tf.NamedAttrMap = {},
): tf.TensorInfo {
  return tf.getKernel(name, 'wasm').kernelFunc({ inputs, backend, attrs }) as tf.TensorInfo;
}

/** Gives back the memory of an intermediate result. */
export function release(backend: BackendWasm, ...tensors: readonly tf.TensorInfo[]): void {
  for (const { dataId } of tensors) backend.disposeData(dataId);
}

/** The same elements under another shape. It shares its memory, so only one of the two is to be released. */
export function as(x: tf.TensorInfo, shape: readonly number[]): tf.TensorInfo {
  return { dataId: x.dataId, dtype: x.dtype, shape: [...shape] };
}

/** The elements, in the engine's own memory: valid only until the next allocation there. */
export function floats(backend: BackendWasm, x: tf.TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(x) as Float32Array;
}
