import type { BatchPart } from '@aimle/engine';
import { foldIn, type Key, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { Decoder } from './decoder.js';
import { Encoder } from './encoder.js';
import { edgeCount } from './pairs.js';

/** Sizes of a {@link RelationalNetwork}. */
export interface RelationalNetworkSizes {
  readonly vertices: number;
  /** T, frames of a motion. */
  readonly frames: number;
  /** D, coordinates of a vertex. */
  readonly dimensions: number;
  /** Units of every hidden layer. */
  readonly hidden: number;
  /** Whether each ordered pair of vertices is its own edge; default false, as in the paper. */
  readonly directed?: boolean;
}

/** Settings of a pass through a {@link RelationalNetwork}. */
export interface RelationalPassOptions {
  /** Use the batch's statistics and dropout; otherwise the running statistics and no dropout. */
  readonly training: boolean;
  /** Share of hidden units dropped in training; default 0, as in the paper. */
  readonly dropout?: number;
  /** Key of the dropout; required if it is above 0. */
  readonly key?: Key;
  /** Where the motions are a part of a batch that several workers share: statistics are those of the whole batch. */
  readonly part?: BatchPart;
}

/**
 * The official encoder and decoder of neural relational inference, with less work.
 *
 * The encoder (a factor graph of four two-layer perceptrons with ELU and batch normalisation) scores every ordered pair
 * of vertices. The two scores of a pair are averaged to theta; directed edges keep both. The decoder computes a message
 * for every ordered pair, of the kind "joined" or "not joined" according to the edges, sums them at the receiver, and moves
 * the vertex.
 *
 * Weights have PyTorch's names and layouts (`encoder.mlp1.fc1.weight`, [outputs, inputs]; including the running
 * statistics, which no gradient reaches), so a state dict of the official model loads as it is. The outputs are the official
 * ones to single precision, with 2.7 times fewer multiplications; the package's README says which ones are left out.
 *
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { RelationalNetwork } from '@aimle/neural-relational-inference';
 * import { key } from '@aimle/random';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const network = new RelationalNetwork({ vertices: 4, frames: 5, dimensions: 2, hidden: 8 }, key(0));
 * const motion = tf.zeros<tf.Rank.R4>([3, 5, 2, 4]);
 * network.encode(motion, { training: false }).shape; // => [3, 6]
 * const trees = tf.zeros<tf.Rank.R3>([3, 1, 6]);
 * network.decode(motion, trees, 4, { training: false }).shape; // => [3, 1, 4, 2, 4]
 * network.dispose();
 * ```
 * @see Kipf, Fetaya, Wang, Welling, Zemel, arXiv:1802.04687; the official code's `nri/modules.py`.
 */
export class RelationalNetwork {
  /** All variables; those of the encoder come first. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #sizes: RelationalNetworkSizes;
  readonly #encoder: Encoder;
  readonly #decoder: Decoder;

  /**
   * Encoder: Xavier-normal weights, biases 0.1. Decoder: PyTorch's default; with directed edges, messages of pairs that are
   * not joined start at a tenth of that. Each is drawn from the key and its name.
   *
   * @throws RangeError when a size is not an integer, or below 2 for vertices and frames, below 1 for the others.
   */
  constructor(sizes: RelationalNetworkSizes, origin: Key) {
    for (const [name, min] of [
      ['vertices', 2],
      ['frames', 2],
      ['dimensions', 1],
      ['hidden', 1],
    ] as const) {
      const size = sizes[name];
      if (!Number.isSafeInteger(size) || size < min) {
        throw new RangeError(
          `RelationalNetwork: ${name} must be an integer of at least ${min}, got ${String(size)}`,
        );
      }
    }
    const { vertices, frames, dimensions, hidden, directed = false } = sizes;
    this.#sizes = sizes;
    this.#encoder = new Encoder(vertices, frames * dimensions, directed, hidden, origin);
    this.#decoder = new Decoder(vertices, dimensions, directed, hidden, origin);
    this.parameters = new Map([...this.#encoder.parameters, ...this.#decoder.parameters]);
  }

  /**
   * Maps motion [B, T, D, vertices] to theta [B, edges], edges in the order of `spanningTree`: (0,1), (0,2), ..., (1,2), ...
   * Directed edges come in the order of `arborescence`: 0->1, 0->2, ..., 1->0, 1->2, ...
   *
   * @throws RangeError when the motion has other sizes than the network.
   */
  encode(motion: tf.Tensor4D, pass: RelationalPassOptions): tf.Tensor2D {
    const { vertices, frames, dimensions } = this.#checked(motion);
    return tf.tidy(() => {
      const x = motion.transpose([0, 3, 1, 2]).reshape<tf.Tensor3D>([-1, vertices, frames * dimensions]);
      return this.#encoder.apply(x, complete(pass, 'encoder'));
    });
  }

  /**
   * Predicts frames 1 to T - 1, [B, S, T - 1, D, vertices], along edges z [B, S, edges] in [0, 1]. It starts from every
   * `steps`-th recorded frame and continues on its own predictions for `steps` frames: 1 is full teacher forcing.
   *
   * If every element of z is 0 or 1, each pair computes only the message of its kind. Reads z back from the engine.
   *
   * @throws RangeError when the motion, the edges or the steps do not fit.
   */
  decode(motion: tf.Tensor4D, z: tf.Tensor3D, steps: number, pass: RelationalPassOptions): tf.Tensor {
    const { vertices, frames, directed = false } = this.#checked(motion);
    const edges = edgeCount(vertices, directed);
    if (z.rank !== 3 || z.shape[0] !== motion.shape[0] || z.shape[2] !== edges) {
      throw new RangeError(
        `RelationalNetwork: edges must have shape [${motion.shape[0]}, S, ${edges}], got [${z.shape.join(', ')}]`,
      );
    }
    if (!Number.isSafeInteger(steps) || steps < 1 || steps > frames) {
      throw new RangeError(
        `RelationalNetwork: steps must be an integer in [1, ${frames}], got ${String(steps)}`,
      );
    }
    return tf.tidy(() =>
      this.#decoder
        .apply(motion.transpose<tf.Tensor4D>([0, 1, 3, 2]), z, steps, complete(pass, 'decoder'))
        .transpose([0, 1, 2, 4, 3]),
    );
  }

  dispose(): void {
    for (const variable of this.parameters.values()) variable.dispose();
  }

  #checked(motion: tf.Tensor4D): RelationalNetworkSizes {
    const { vertices, frames, dimensions } = this.#sizes;
    const [, ...rest] = motion.shape;
    if (motion.rank !== 4 || rest.join() !== [frames, dimensions, vertices].join()) {
      throw new RangeError(
        `RelationalNetwork: motion must have shape [B, ${frames}, ${dimensions}, ${vertices}] (frames, dimensions, vertices), ` +
          `got [${motion.shape.join(', ')}]`,
      );
    }
    return this.#sizes;
  }
}

function complete({ training, dropout = 0, key: own, part }: RelationalPassOptions, half: string) {
  if (!(dropout >= 0 && dropout < 1)) {
    throw new RangeError(`RelationalNetwork: dropout must be in [0, 1), got ${String(dropout)}`);
  }
  if (own === undefined && training && dropout > 0) {
    throw new RangeError('RelationalNetwork: dropout needs a key, got none; pass { key }');
  }
  return { training, dropout, key: foldIn(own ?? key(0), half), ...(part && { part }) };
}
