import type * as tf from '@tensorflow/tfjs';

/** The part of TensorFlow.js's engine that is used without importing TensorFlow.js. */
export interface TensorEngine {
  /** The backend in use. */
  readonly backend: object;
  makeTensor(values: Float32Array, shape: number[], dtype: 'float32'): tf.Tensor;
  makeTensorFromTensorInfo(info: tf.TensorInfo): tf.Tensor;
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
 * Returns the engine that every copy of TensorFlow.js in a page or process shares.
 *
 * It is looked up only when a tensor needs it. So estimators load without TensorFlow.js and run on typed arrays, in a
 * worker or with another engine, and an operation always uses the same copy of TensorFlow.js as its tensors.
 *
 * @throws Error when TensorFlow.js is not loaded.
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
