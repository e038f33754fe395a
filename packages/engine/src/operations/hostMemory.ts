import type * as tf from '@tensorflow/tfjs';
import { tensorEngine } from './tensorEngine.js';

/*
 * Which engines return their own memory, and which keep the arrays that they are given:
 *
 *   engine           dataSync returns            makeTensor
 *   wasm             a copy                      copies
 *   native           the array that the tensor   keeps the array, and shares its memory
 *                    was made of, until an
 *                    operation reads it; then a
 *                    copy
 *   cpu              its own memory              keeps the array
 *   webgl, webgpu    a copy that they keep, too  keeps the array, until it is on the device
 */

/** What is used of the backends of TensorFlow.js. */
interface Backend {
  /** wasm: a view of its memory. */
  typedArrayFromHeap?(x: tf.TensorInfo): Float32Array;
  /** native and webgpu: what they know of a tensor; `values` is the array that they keep, if any. */
  readonly tensorMap?: { get(dataId: object): { readonly values: Float32Array | null } };
}

function backendOf(): Backend {
  return tensorEngine().backend as Backend;
}

/** Returns the elements of a tensor in an array of the caller's own. Copies only where the engine gives its memory. */
export function ownValues(x: tf.Tensor): Float32Array {
  const values = x.dataSync() as Float32Array;
  const { typedArrayFromHeap, tensorMap } = backendOf();
  const own = typedArrayFromHeap !== undefined || (tensorMap && tensorMap.get(x.dataId).values !== values);
  // Not slice(): cpu returns a plain array for an empty concatenation.
  return own ? values : new Float32Array(values);
}

/**
 * Returns the elements of a float32 tensor without a copy where the engine allows it: read them at once and do not change
 * them, since they may be memory that the next operation moves.
 *
 * @example
 * ```ts
 * import { readValues, useEngine } from '@aimle/engine';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto');
 * const kept = new Float32Array(3);
 * kept.set(readValues(tf.tensor1d([1, 2])), 1);
 * kept; // => [0, 1, 2]
 * ```
 */
export function readValues(x: tf.Tensor): Float32Array {
  const backend = backendOf();
  return backend.typedArrayFromHeap?.(x) ?? (x.dataSync() as Float32Array);
}

/**
 * Makes a float32 tensor of values that the caller goes on using, with no more copies than the engine needs. They may be
 * a part of a larger array, and in memory that threads share.
 *
 * @example
 * ```ts
 * import { tensorOfCopy, useEngine } from '@aimle/engine';
 *
 * await useEngine('auto');
 * const values = Float32Array.of(1, 2, 3, 4);
 * const x = tensorOfCopy(values.subarray(2), [2]);
 * values.fill(0);
 * x.dataSync(); // => [3, 4]
 * ```
 */
export function tensorOfCopy(values: Float32Array, shape: readonly number[]): tf.Tensor {
  const copies = backendOf().typedArrayFromHeap !== undefined;
  return tensorEngine().makeTensor(copies ? values : values.slice(), [...shape], 'float32');
}
