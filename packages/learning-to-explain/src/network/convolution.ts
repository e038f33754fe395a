import { customGradient } from '@aimle/engine';
import type { Key } from '@aimle/random';
import { linear } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';

/** A convolution of width 3 over a sequence, with PyTorch's names and layouts. */
export interface Convolution {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** Weights [outputs, inputs, width]. */
  readonly weight: tf.Variable<tf.Rank.R3>;
  readonly bias: tf.Variable<tf.Rank.R1>;
}

/** Xavier-uniform weights with the rectifier's gain and zero biases: each side counts its width times. */
export function convolution(
  name: string,
  { inputs, outputs, width, key }: { inputs: number; outputs: number; width: number; key: Key },
): Convolution {
  // The bound is sqrt(2) sqrt(6 / ((inputs + outputs) width)).
  const { weight: flat, bias } = linear({
    name,
    inputs: inputs * width,
    outputs,
    key,
    init: 'xavier-uniform',
    gain: Math.sqrt((2 * (inputs * width + outputs)) / ((inputs + outputs) * width)),
  });
  const weight = tf.tidy(() => tf.variable(flat.reshape<tf.Tensor3D>([outputs, inputs, width])));
  flat.dispose();
  return {
    weight,
    bias,
    parameters: new Map<string, tf.Variable>([
      [`${name}.weight`, weight],
      [`${name}.bias`, bias],
    ]),
  };
}

/**
 * Convolves a sequence [N, inputs], and rectifies. What comes before and after is taken as zero; edges within must be zero
 * already. One matrix product, of what each place and its neighbours hold.
 */
export function convolve({ weight, bias }: Convolution, x: tf.Tensor2D): tf.Tensor2D {
  const [outputs, inputs, width] = weight.shape;
  const b = weight.transpose([2, 1, 0]).reshape<tf.Tensor2D>([width * inputs, outputs]);
  return tf.fused.matMul({ a: withNeighbours(x), b, bias, activation: 'relu' }) as tf.Tensor2D;
}

/** Each row between the rows before and after it: [N, channels] to [N, 3 channels]. */
function withNeighbours(x: tf.Tensor2D): tf.Tensor2D {
  return customGradient([x], ([given]) => {
    const rows = given as tf.Tensor2D;
    return {
      value: tf.concat([moved(rows, 1), rows, moved(rows, -1)], 1),
      backward(gradient) {
        const [before, own, after] = tf.split<tf.Tensor2D>(gradient, 3, 1);
        return tf.addN([own!, moved(before!, -1), moved(after!, 1)]);
      },
    };
  }) as tf.Tensor2D;
}

/** Rows one place down (1) or up (-1), with zeros where there is none. */
function moved(x: tf.Tensor2D, by: 1 | -1): tf.Tensor2D {
  const [count, channels] = x.shape;
  const zeros = tf.zeros<tf.Rank.R2>([1, channels]);
  const kept = tf.slice(x, [by === 1 ? 0 : 1, 0], [count - 1, channels]);
  return tf.concat(by === 1 ? [zeros, kept] : [kept, zeros], 0);
}

/**
 * Convolves a sequence of tokens, and rectifies: each distinct token is multiplied once, and what its neighbours make of it gathered.
 *
 * @param tokens - vectors of the distinct tokens, [U, inputs], the first of which is the edge's: zeros.
 * @param sites - the sequence, by places in `tokens`.
 */
export function convolveTokens(
  { weight, bias }: Convolution,
  tokens: tf.Tensor2D,
  sites: Int32Array,
): tf.Tensor2D {
  const [outputs, inputs, width] = weight.shape;
  const matrix = weight.transpose([1, 2, 0]).reshape<tf.Tensor2D>([inputs, width * outputs]);
  const products = tf.matMul(tokens, matrix).reshape<tf.Tensor2D>([tokens.shape[0] * width, outputs]);
  const seenBy = Array.from({ length: width }, (_, tap) => {
    const shift = tap - 1;
    // Beyond the ends stands an edge, too.
    const at = Int32Array.from(sites, (_, i) => (sites[i + shift] ?? 0) * width + tap);
    return tf.gather(products, tf.tensor1d(at, 'int32'));
  });
  return tf.relu(tf.addN(seenBy).add(bias));
}
