import { fillNormal, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';

/** A tensor of normal numbers: the input of a case, the same on every run. */
export function normal(shape: number[], seed: number): tf.Tensor {
  const values = new Float32Array(tf.util.sizeFromShape(shape));
  fillNormal(key(seed), values);
  return tf.tensor(values, shape);
}
