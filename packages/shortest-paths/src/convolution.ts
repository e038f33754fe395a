import type { Key } from '@aimle/random';
import { linear } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';

/** What a convolution is made of; `stride` and `padding` as of `tf.conv2d`. */
export interface ConvolutionOptions {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Side of the square filter. */
  readonly side: number;
  readonly stride: number;
  readonly key: Key;
}

export interface Convolution {
  /** `<name>.weight` [outputs, inputs, side, side] and `<name>.bias` [outputs]. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** Maps [B, height, width, inputs] to [B, height / stride, width / stride, outputs]. */
  apply(x: tf.Tensor4D): tf.Tensor4D;
}

/** A convolution whose borders are padded with zeros, and PyTorch's initial values: uniform in +-1/sqrt(inputs side^2). */
export function convolution({ name, inputs, outputs, side, stride, key }: ConvolutionOptions): Convolution {
  const flat = linear({ name, inputs: inputs * side * side, outputs, key, init: 'kaiming-uniform' });
  const shape: [number, number, number, number] = [outputs, inputs, side, side];
  const weight = tf.tidy(() => tf.variable<tf.Rank.R4>(flat.weight.reshape(shape)));
  flat.weight.dispose();
  const { bias } = flat;
  return {
    parameters: new Map<string, tf.Variable>([
      [`${name}.weight`, weight],
      [`${name}.bias`, bias],
    ]),
    apply: (x) => tf.add(tf.conv2d(x, weight.transpose<tf.Tensor4D>([2, 3, 1, 0]), stride, 'same'), bias),
  };
}
