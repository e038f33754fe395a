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
 * Convolves a sequence [N, inputs] whose first and last rows are edges: what comes before and after is taken as zero.
 * One matrix product, of what each place and its neighbours hold.
 */
export function convolve({ weight, bias }: Convolution, x: tf.Tensor2D): tf.Tensor2D {
  const [outputs, inputs, width] = weight.shape;
  const count = x.shape[0];
  const before = tf.pad(tf.slice(x, [0, 0], [count - 1, inputs]), [
    [1, 0],
    [0, 0],
  ]);
  const after = tf.pad(tf.slice(x, [1, 0], [count - 1, inputs]), [
    [0, 1],
    [0, 0],
  ]);
  const seen = tf.concat([before, x, after], 1);
  const matrix = weight.transpose([2, 1, 0]).reshape<tf.Tensor2D>([width * inputs, outputs]);
  return tf.matMul(seen, matrix).add(bias);
}

/**
 * The same for a sequence of tokens: each distinct token is multiplied once, and what its neighbours make of it gathered.
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
  return tf.addN(seenBy).add(bias);
}
