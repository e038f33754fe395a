import { type BatchPart, customGradient, dense } from '@aimle/engine';
import { fillNormal, fillUniform, foldIn, type Key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { type Affine, BatchNorm } from './batchNorm.js';

/** Rows of a layer before normalisation, and the map that normalises them. */
export interface Normalised extends Affine {
  readonly rows: tf.Tensor2D;
}

/** Settings of a pass: `dropout` is the share of hidden units dropped, and the key chooses them. */
export interface PassOptions {
  readonly training: boolean;
  readonly dropout: number;
  readonly key: Key;
  /** Where the rows are a part of a larger batch. */
  readonly part?: BatchPart;
}

/** A fully connected layer's variables: weight [outputs, inputs] and bias [outputs]. */
export interface Weights {
  readonly weight: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
}

/** The official encoder's block, linear, ELU, dropout, linear, ELU, batch normalisation, without its first product. */
export class Perceptron {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** The first layer, which the caller applies. */
  readonly first: Weights;
  readonly #second: Weights;
  readonly #norm: BatchNorm;

  constructor(name: string, inputs: number, width: number, key: Key) {
    this.first = xavier(`${name}.fc1`, inputs, width, key);
    this.#second = xavier(`${name}.fc2`, width, width, key);
    this.#norm = new BatchNorm(`${name}.bn`, width);
    this.parameters = new Map<string, tf.Variable>([
      ...named(`${name}.fc1`, this.first),
      ...named(`${name}.fc2`, this.#second),
      ...this.#norm.parameters,
    ]);
  }

  /** Applies everything after the first linear map to its result. */
  apply(hidden: tf.Tensor2D, options: PassOptions): Normalised {
    const kept = dropout(elu(hidden), options);
    const rows = dense(kept, this.#second.weight, this.#second.bias, 'elu');
    return { rows, ...this.#norm.affine(rows, options) };
  }
}

/** Computes elu(x), and keeps only its result for the backward pass. */
function elu<T extends tf.Tensor>(x: T): T {
  return customGradient([x], ([values], save) => {
    const y = tf.elu(values!);
    save([y]);
    return {
      value: y,
      backward: (dy, [y]) => tf.engine().runKernel('EluGrad', { dy, y: y! }) as tf.Tensor,
    };
  }) as T;
}

export function named(name: string, { weight, bias }: Weights): [string, tf.Variable][] {
  return [
    [`${name}.weight`, weight],
    [`${name}.bias`, bias],
  ];
}

/** Makes Xavier-normal weights and biases of 0.1, as in the official encoder. */
export function xavier(name: string, inputs: number, outputs: number, key: Key): Weights {
  const values = new Float32Array(outputs * inputs);
  fillNormal(foldIn(key, `${name}.weight`), values);
  const deviation = Math.sqrt(2 / (inputs + outputs));
  for (let i = 0; i < values.length; i++) values[i] = deviation * values[i]!;
  return tf.tidy(() => ({
    weight: tf.variable(tf.tensor2d(values, [outputs, inputs])),
    bias: tf.variable(tf.fill<tf.Rank.R1>([outputs], 0.1)),
  }));
}

/** In training, sets each element to zero with probability `dropout`, and scales up the others to keep the mean. */
export function dropout(x: tf.Tensor2D, { training, dropout: rate, key, part }: PassOptions): tf.Tensor2D {
  if (!training || rate === 0) return x;
  const before = part?.sumBefore(x.size) ?? 0;
  const drawn = new Float32Array(before + x.size);
  fillUniform(key, drawn);
  const mask = drawn.subarray(before);
  for (let i = 0; i < mask.length; i++) mask[i] = mask[i]! < rate ? 0 : 1 / (1 - rate);
  return tf.mul(x, tf.tensor2d(mask, x.shape));
}
