import { type Key, split } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { EDGE, layoutOf, type TextLayout } from '../text/layout.js';
import { chosenTokens } from './chosen.js';
import { Predictor } from './predictor.js';
import { type ScoringOptions, Selector } from './selector.js';

/** Frozen word vectors by token id: [words, size]; zeros for words without one. */
export interface Embedding {
  readonly size: number;
  readonly values: Float32Array;
}

/** Gathers the vectors of a layout's distinct tokens, [U, size]; the edge has zeros. */
function vectorsOf({ size, values }: Embedding, { distinct }: TextLayout): tf.Tensor2D {
  const out = new Float32Array(distinct.length * size);
  distinct.forEach((id, place) => {
    if (place !== EDGE) out.set(values.subarray(id * size, (id + 1) * size), place * size);
  });
  return tf.tensor2d(out, [distinct.length, size]);
}

/** Sizes of a {@link ExplainerNetwork}. */
export interface ExplainerNetworkOptions {
  /** Number of chosen words; divides the sum of their vectors. */
  readonly k: number;
  /** Units of the predictor's hidden layer; 250 in the paper. */
  readonly hidden: number;
  /** Positions of a padded text; 350 in the paper. */
  readonly maxLength: number;
  /** Vectors of the words by id, frozen. */
  readonly embedding: Embedding;
}

/** A batch of texts as the network takes it. The caller disposes of its tensor. */
export interface ReadTexts {
  readonly layout: TextLayout;
  /** Vectors of the distinct tokens, [U, size]. */
  readonly tokens: tf.Tensor2D;
}

/**
 * The official model of the AIMLE paper: a selector that scores words, and a predictor that sees only the chosen ones.
 * Weights have PyTorch's names and layouts, so a state dict of the official model loads as it is, except for the
 * embeddings, which are frozen and not parameters here.
 *
 * It gives the numbers of the official code with less work: only distinct padding is convolved, each distinct token of a
 * batch is multiplied once, and the backward pass visits only the words that the gradient reaches.
 *
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { ExplainerNetwork } from '@aimle/learning-to-explain';
 * import { key } from '@aimle/random';
 *
 * await useEngine('auto', { report: () => {} });
 * const embedding = { size: 4, values: new Float32Array(6 * 4).fill(0.5) };
 * const network = new ExplainerNetwork({ k: 2, hidden: 8, maxLength: 10, embedding }, key(0));
 * const texts = network.read([Int32Array.of(3, 4, 5), Int32Array.of(4)]);
 * const theta = network.score(texts, { padding: 'masked', dropout: null });
 * theta.shape; // => [2, 10]
 * network.rate(theta.greater(-1).cast('float32').expandDims(1), texts).shape; // => [2, 1]
 * network.dispose();
 * ```
 * @see arXiv:2209.04862, section 5; the official code's `aaai23/torch/modules.py`.
 */
export class ExplainerNetwork {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #selector: Selector;
  readonly #predictor: Predictor;
  readonly #options: ExplainerNetworkOptions;

  /** Draws Xavier-uniform weights with the rectifier's gain from one key, and zero biases, as in the official code. */
  constructor(options: ExplainerNetworkOptions, key: Key) {
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

  /** Returns theta, [B, maxLength], with padding in front of each text. */
  score({ tokens, layout }: ReadTexts, scoring: ScoringOptions): tf.Tensor2D {
    return this.#selector.score(tokens, layout, scoring);
  }

  /** Predicts ratings [B, S] from states [B, S, maxLength]. */
  rate(z: tf.Tensor, { tokens, layout }: ReadTexts): tf.Tensor2D {
    return this.#predictor.rate(chosenTokens(z, layout), tokens).reshape([layout.rows, -1]);
  }

  dispose(): void {
    tf.dispose([...this.parameters.values()]);
  }
}
