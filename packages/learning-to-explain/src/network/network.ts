import { type Key, split } from '@aimle/random';
import type * as tf from '@tensorflow/tfjs';
import { type Layout, layoutOf } from '../text/layout.js';
import { chosenTokens } from './chosen.js';
import { type Embedding, vectorsOf } from './embedding.js';
import { Predictor } from './predictor.js';
import { type Scoring, Selector } from './selector.js';

/** Sizes of a {@link Network}. */
export interface NetworkOptions {
  /** How many words are chosen: what the sum of their vectors is divided by. */
  readonly k: number;
  /** Units of the predictor's hidden layer; 250 in the paper. */
  readonly hidden: number;
  /** Positions of a padded text; 350 in the paper. */
  readonly maxLength: number;
  /** Vectors of the words by id, frozen. */
  readonly embedding: Embedding;
}

/** A batch of texts, ready to be read. Its tensor is the reader's to dispose of. */
export interface ReadTexts {
  readonly layout: Layout;
  /** Vectors of the distinct tokens, [U, size]. */
  readonly tokens: tf.Tensor2D;
}

/**
 * The official model of the AIMLE paper: a selector that scores words, and a predictor that sees the chosen ones only.
 * Weights have PyTorch's names and layouts, so that a state dict of the official model loads as it is, but for the
 * embeddings, which are frozen and no parameters here.
 *
 * It gives the numbers of the official code with less work: padding is convolved where it differs, each distinct token of
 * a batch is multiplied once, and the way back visits those words alone that the gradient reaches.
 *
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { Network } from '@aimle/learning-to-explain';
 * import { key } from '@aimle/random';
 *
 * await useEngine('auto', { report: () => {} });
 * const embedding = { size: 4, values: new Float32Array(6 * 4).fill(0.5) };
 * const network = new Network({ k: 2, hidden: 8, maxLength: 10, embedding }, key(0));
 * const texts = network.read([Int32Array.of(3, 4, 5), Int32Array.of(4)]);
 * const theta = network.score(texts, { padding: 'masked', dropout: null });
 * theta.shape; // => [2, 10]
 * network.rate(theta.greater(-1).cast('float32').expandDims(1), texts).shape; // => [2, 1]
 * network.dispose();
 * ```
 * @see arXiv:2209.04862, section 5; the official code's `aaai23/torch/modules.py`.
 */
export class Network {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #selector: Selector;
  readonly #predictor: Predictor;
  readonly #options: NetworkOptions;

  /** Xavier-uniform weights with the rectifier's gain and zero biases, as in the official code, from one key. */
  constructor(options: NetworkOptions, key: Key) {
    const { embedding, hidden, k } = options;
    const [selectorKey, predictorKey] = split(key, 2) as [Key, Key];
    this.#options = options;
    this.#selector = new Selector(embedding.size, k, selectorKey);
    this.#predictor = new Predictor(embedding.size, hidden, k, predictorKey);
    this.parameters = new Map([...this.#selector.parameters, ...this.#predictor.parameters]);
  }

  /** Lays out texts by token ids, each of 1 to maxLength tokens. */
  read(texts: readonly Int32Array[]): ReadTexts {
    const { maxLength, embedding } = this.#options;
    const layout = layoutOf(texts, maxLength);
    return { layout, tokens: vectorsOf(embedding, layout) };
  }

  /** theta, [B, maxLength]: texts stand at the end, padding in front. */
  score({ tokens, layout }: ReadTexts, scoring: Scoring): tf.Tensor2D {
    return this.#selector.score(tokens, layout, scoring);
  }

  /** The ratings of states [B, S, maxLength]: [B, S]. */
  rate(z: tf.Tensor, { tokens, layout }: ReadTexts): tf.Tensor2D {
    return this.#predictor.rate(chosenTokens(z, layout), tokens).reshape([layout.rows, -1]);
  }

  dispose(): void {
    this.#selector.dispose();
    this.#predictor.dispose();
  }
}
