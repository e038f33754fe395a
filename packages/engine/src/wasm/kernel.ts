import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** The arguments of a kernel: tensors without methods, the backend that holds them, and the operation's attributes. */
export interface KernelCall<Inputs, Attributes> {
  readonly inputs: Inputs;
  readonly backend: BackendWasm;
  readonly attrs: Attributes;
}

/** A kernel that replaces TensorFlow.js's own, or adds a missing one. */
export interface Shim {
  readonly kernelName: string;
  /** Makes the kernel; `stock` is the one it replaces, if any. */
  make(stock: tf.KernelConfig | undefined): tf.KernelFunc;
}

/** Makes a shim, with the types of its kernel's arguments. */
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

/** Runs a kernel of the wasm engine. The caller returns the result or frees it with {@link release}. */
export function run(
  name: string,
  backend: BackendWasm,
  inputs: Readonly<Record<string, tf.TensorInfo | undefined>>,
  attrs: tf.NamedAttrMap = {},
): tf.TensorInfo {
  return tf.getKernel(name, 'wasm').kernelFunc({ inputs, backend, attrs }) as tf.TensorInfo;
}

/** Frees the memory of intermediate results. */
export function release(backend: BackendWasm, ...tensors: readonly tf.TensorInfo[]): void {
  for (const { dataId } of tensors) backend.disposeData(dataId);
}

/** Returns the same elements with another shape. The memory is shared, so release only one of the two. */
export function as(x: tf.TensorInfo, shape: readonly number[]): tf.TensorInfo {
  return { dataId: x.dataId, dtype: x.dtype, shape: [...shape] };
}

/** Returns the elements in the engine's own memory; valid only until the next allocation there. */
export function floats(backend: BackendWasm, x: tf.TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(x) as Float32Array;
}

/** Returns where the elements of tensors lie in the engine's own memory. */
export function addresses<T extends readonly tf.TensorInfo[]>(
  backend: BackendWasm,
  ...tensors: T
): { [K in keyof T]: number } {
  return tensors.map(({ dataId }) => backend.getMemoryOffset(dataId)) as { [K in keyof T]: number };
}
