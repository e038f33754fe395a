import type * as tf from '@tensorflow/tfjs';

/** As much of TensorFlow.js's engine as is used without importing TensorFlow.js. */
export interface TensorEngine {
  makeTensor(values: Float32Array, shape: number[], dtype: 'float32'): tf.Tensor;
  customGrad(
    operation: (...inputsAndSave: (tf.Tensor | tf.GradSaveFunc)[]) => {
      value: tf.Tensor;
      gradFunc(gradient: tf.Tensor, saved: tf.Tensor[]): tf.Tensor | tf.Tensor[];
    },
  ): (...inputs: tf.Tensor[]) => tf.Tensor;
  gradients(f: () => tf.Tensor, inputs: tf.Tensor[]): { value: tf.Tensor; grads: tf.Tensor[] };
  tidy<T extends tf.TensorContainer>(f: () => T): T;
}

/**
 * The one engine that every copy of TensorFlow.js in a page or a process shares.
 *
 * It is looked up when a tensor needs it, so that estimators load without TensorFlow.js and run on typed arrays in a
 * worker or beside another engine; and so that an operation cannot end up on another copy of TensorFlow.js than its
 * tensors.
 *
 * @throws Error when no TensorFlow.js was loaded.
 * @example
 * ```ts
 * import { tensorEngine } from '@aimle/engine/operations';
 * import '@tensorflow/tfjs';
 *
 * tensorEngine().makeTensor(Float32Array.of(1, 2), [2], 'float32').shape; // => [2]
 * ```
 */
export function tensorEngine(): TensorEngine {
  const { _tfengine: engine } = globalThis as { _tfengine?: TensorEngine };
  if (engine === undefined) {
    throw new Error(
      'tensors need TensorFlow.js, and none was loaded: import "@tensorflow/tfjs" first, or pass typed arrays',
    );
  }
  return engine;
}
