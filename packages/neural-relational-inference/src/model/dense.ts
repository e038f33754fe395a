import { customGradient } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import { columnSums } from './rows.js';

export type Activation = 'relu' | 'elu';

/** Computes activation(x W^T + b) with W [outputs, inputs]; the backward pass keeps only the result. */
export function dense(
  x: tf.Tensor2D,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: Activation,
): tf.Tensor2D {
  return customGradient([x, weight, bias], ([rows, w, b], save) => {
    const y = tf.fused.matMul({
      a: rows as tf.Tensor2D,
      b: w as tf.Tensor2D,
      transposeB: true,
      bias: b!,
      activation,
    });
    save([rows!, w!, y]);
    return {
      value: y,
      backward: (gradient, [rows, w, y]) => {
        const inner = activationVjp[activation](gradient, y!) as tf.Tensor2D;
        return [
          tf.matMul(inner, w as tf.Tensor2D),
          tf.matMul(inner, rows as tf.Tensor2D, true),
          columnSums(inner).reshape([inner.shape[1]]),
        ];
      },
    };
  }) as tf.Tensor2D;
}

/** Computes elu(x), and keeps only its result for the backward pass. */
export function elu<T extends tf.Tensor>(x: T): T {
  return customGradient([x], ([values], save) => {
    const y = tf.elu(values!);
    save([y]);
    return { value: y, backward: (gradient, [y]) => activationVjp.elu(gradient, y!) };
  }) as T;
}

/** The vjp of each activation, from the gradient and the result y. */
const activationVjp: Readonly<Record<Activation, (gradient: tf.Tensor, y: tf.Tensor) => tf.Tensor>> = {
  relu: (gradient, y) => tf.mul(gradient, tf.step(y)),
  elu: (dy, y) => tf.engine().runKernel('EluGrad', { dy, y }) as tf.Tensor,
};

/** A weight [outputs, inputs] and bias [outputs], which may be computed. */
export interface Linear {
  readonly weight: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
}

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
