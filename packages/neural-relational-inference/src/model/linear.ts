import * as tf from '@tensorflow/tfjs';

/** A weight [outputs, inputs] and bias [outputs], which may be computed. */
export interface Linear {
  readonly weight: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

/** Computes x W^T + b of rows [R, inputs]. */
export function linear(x: tf.Tensor2D, { weight, bias }: Linear): tf.Tensor2D {
  return tf.matMul(x, weight, false, true).add(bias);
}

/** Folds a scale of the inputs into the weight. */
export function scaled(weight: tf.Tensor2D, scale: tf.Tensor1D): tf.Tensor2D {
  return tf.mul(weight, scale);
}

/** Returns what a shift t of the inputs adds to the outputs: W t. */
export function shifted(weight: tf.Tensor2D, shift: tf.Tensor1D): tf.Tensor1D {
  return tf.matMul(weight, shift.expandDims<tf.Tensor2D>(1)).reshape([-1]);
}
