import { customGradient } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';

/** Takes the rows of x [R, H] at `rows` [r], with repetition: [r, H]. Its gradient is {@link sumRows}. */
export function takeRows(x: tf.Tensor2D, rows: tf.Tensor1D): tf.Tensor2D {
  const count = x.shape[0];
  return customGradient([x], ([values], save) => {
    save([rows]);
    return {
      value: tf.gather(values!, rows),
      backward: (gradient, [at]) => sumRows(gradient as tf.Tensor2D, at as tf.Tensor1D, count),
    };
  }) as tf.Tensor2D;
}

/** Sums the rows of x [r, H] that have the same index in `rows` [r]: [count, H]. Its gradient is {@link takeRows}. */
export function sumRows(x: tf.Tensor2D, rows: tf.Tensor1D, count: number): tf.Tensor2D {
  return customGradient([x], ([values], save) => {
    save([rows]);
    return {
      value: tf.unsortedSegmentSum(values!, rows, count),
      backward: (gradient, [at]) => takeRows(gradient as tf.Tensor2D, at as tf.Tensor1D),
    };
  }) as tf.Tensor2D;
}

/** Sums columns, [R, H] to [1, H]. A product with ones is the fastest way on every engine. */
export function columnSums(x: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.ones([1, x.shape[0]]), x);
}
