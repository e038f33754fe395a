import { fillNormal, foldIn, type Key } from '@aimle/random';
import { type Linear, linear } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import { LENGTH } from './reviews.js';

const VECTOR = 16;
const HIDDEN = 32;

/**
 * A selector that scores each word by itself and its two neighbours, and a predictor that sees only the mean of the chosen
 * words. Each learns its own word vectors.
 */
export class Network {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #seen: tf.Variable<tf.Rank.R2>;
  readonly #read: tf.Variable<tf.Rank.R2>;
  readonly #around: Linear;
  readonly #score: Linear;
  readonly #hidden: Linear;
  readonly #rating: Linear;

  constructor(words: number, origin: Key) {
    const dense = (name: string, inputs: number, outputs: number): Linear =>
      linear({ name, inputs, outputs, key: origin, init: 'kaiming-uniform' });
    this.#seen = vectors(words, foldIn(origin, 'seen'));
    this.#read = vectors(words, foldIn(origin, 'read'));
    this.#around = dense('selector.around', 3 * VECTOR, HIDDEN);
    this.#score = dense('selector.score', HIDDEN, 1);
    this.#hidden = dense('predictor.hidden', VECTOR, HIDDEN);
    this.#rating = dense('predictor.rating', HIDDEN, 1);
    this.parameters = new Map<string, tf.Variable>([
      ['selector.words', this.#seen],
      ['predictor.words', this.#read],
      ...[this.#around, this.#score, this.#hidden, this.#rating].flatMap(({ parameters }) => [...parameters]),
    ]);
  }

  /** theta [rows, LENGTH] of texts by their words' numbers, very low where there is no word. */
  score(words: Int32Array): tf.Tensor2D {
    const rows = words.length / LENGTH;
    const own = tf
      .gather(this.#seen, tf.tensor1d(words, 'int32'))
      .reshape<tf.Tensor3D>([rows, LENGTH, VECTOR]);
    const edge = tf.zeros<tf.Rank.R3>([rows, 1, VECTOR]);
    const before = tf.concat([edge, own.slice([0, 0, 0], [rows, LENGTH - 1, VECTOR])], 1);
    const after = tf.concat([own.slice([0, 1, 0], [rows, LENGTH - 1, VECTOR]), edge], 1);
    const hidden = tf.relu(this.#around.apply(tf.concat([before, own, after], 2)));
    const none = Float32Array.from(words, (word) => (word === 0 ? NO_WORD : 0));
    return this.#score
      .apply(hidden)
      .reshape<tf.Tensor2D>([rows, LENGTH])
      .add(tf.tensor2d(none, [rows, LENGTH]));
  }

  /** The ratings [rows] or [rows, S] of choices z of k words, [rows, LENGTH] or [rows, S, LENGTH]. */
  rate(z: tf.Tensor, words: Int32Array, k: number): tf.Tensor {
    const rows = words.length / LENGTH;
    const samples = z.size / words.length;
    const read = tf
      .gather(this.#read, tf.tensor1d(words, 'int32'))
      .reshape<tf.Tensor3D>([rows, LENGTH, VECTOR]);
    const mean = tf.matMul(z.reshape<tf.Tensor3D>([rows, samples, LENGTH]), read).div(k);
    const rating = this.#rating.apply(tf.relu(this.#hidden.apply(mean)));
    return tf.sigmoid(rating).reshape(z.shape.slice(0, -1));
  }

  dispose(): void {
    for (const variable of this.parameters.values()) variable.dispose();
  }
}

/** So low that noise never raises it above a word. */
const NO_WORD = -1e6;

function vectors(words: number, origin: Key): tf.Variable<tf.Rank.R2> {
  const values = new Float32Array(words * VECTOR);
  fillNormal(origin, values);
  // Number 0 stands for no word, and begins as nothing.
  values.fill(0, 0, VECTOR);
  return tf.tidy(() => tf.variable(tf.tensor2d(values, [words, VECTOR]).mul<tf.Tensor2D>(0.5)));
}
