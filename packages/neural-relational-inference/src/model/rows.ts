import { customGradient } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';

/** The rows of x [R, H] at `rows` [r], any of them any number of times: [r, H]. Its gradient is {@link sumRows}. */
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

/** The sums of those rows of x [r, H] that `rows` [r] gives the same number: [count, H]. Its gradient is {@link takeRows}. */
export function sumRows(x: tf.Tensor2D, rows: tf.Tensor1D, count: number): tf.Tensor2D {
  return customGradient([x], ([values], save) => {
    save([rows]);
    return {
      value: tf.unsortedSegmentSum(values!, rows, count),
      backward: (gradient, [at]) => takeRows(gradient as tf.Tensor2D, at as tf.Tensor1D),
    };
  }) as tf.Tensor2D;
}

/** Sums of columns, [R, H] to [1, H]: a product with ones is the fastest way to them on every engine. */
export function columnSums(x: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(tf.ones([1, x.shape[0]]), x);
}
