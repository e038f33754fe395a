import * as tf from '@tensorflow/tfjs';

/** The parameters of the law of motion that are learned. */
export interface LawReport {
  /** Joined vertices pull each other with a force like distance to this power; 2 in the simulator. */
  readonly pull: number;
  /** All vertices push each other away with a force like distance to this power; -1 in the simulator. */
  readonly push: number;
  /** How far a vertex goes, as a fraction of the width of the picture; 0.1 in the simulator. */
  readonly step: number;
}

/** Minimum distance between two vertices, as in the simulator. */
const MIN_DISTANCE = 0.01;

/**
 * A decoder that knows the formula of the law of motion and learns its numbers:
 *
 *   force_i = sum_j (p_i - p_j) (d_ij^(push - 1) - z_ij c d_ij^(pull - 1))
 *   p_i <- p_i + step width force_i / |force_i|,   then centred, and scaled to a largest coordinate of 1
 *
 * It learns four numbers: both powers, c and the step. Joined pairs attract; this distinguishes a tree from its complement.
 */
export class Law {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #pull: tf.Variable<tf.Rank.R0>;
  readonly #push: tf.Variable<tf.Rank.R0>;
  /** Logarithm of c. */
  readonly #strength: tf.Variable<tf.Rank.R0>;
  /** Logarithm of the step. */
  readonly #step: tf.Variable<tf.Rank.R0>;
  /** [edges, vertices * vertices]: which entries of an adjacency matrix an edge has. */
  readonly #spread: Float32Array;

  constructor(vertices: number) {
    this.#pull = parameter(1);
    this.#push = parameter(0);
    this.#strength = parameter(0);
    this.#step = parameter(Math.log(0.05));
    this.parameters = new Map<string, tf.Variable>([
      ['law.pull', this.#pull],
      ['law.push', this.#push],
      ['law.strength', this.#strength],
      ['law.step', this.#step],
    ]);
    const edges = (vertices * (vertices - 1)) / 2;
    this.#spread = new Float32Array(edges * vertices * vertices);
    let edge = 0;
    for (let i = 0; i < vertices; i++) {
      for (let j = i + 1; j < vertices; j++, edge++) {
        const origin = edge * vertices * vertices;
        this.#spread[origin + i * vertices + j] = this.#spread[origin + j * vertices + i] = 1;
      }
    }
  }

  /** Motion [B, T, 2, n] and trees [B, S, edges] to predictions of frames 1 to T - 1, [B, S, T - 1, 2, n]. */
  predict(motion: tf.Tensor4D, z: tf.Tensor3D): tf.Tensor {
    const [batch, frames, , n] = motion.shape;
    const [, samples, edges] = z.shape;
    const from = motion.slice([0, 0, 0, 0], [batch, frames - 1, 2, n]).expandDims<tf.Tensor5D>(1);
    const apart = tf.sub<tf.Tensor>(from.expandDims(5), from.expandDims(4));
    const distance = tf.maximum(apart.square().sum(3).sqrt(), MIN_DISTANCE).log();
    const joined = tf
      .matMul(z.reshape<tf.Tensor2D>([-1, edges]), tf.tensor2d(this.#spread, [edges, n * n]))
      .reshape([batch, samples, 1, n, n]);
    const pushed = distance.mul(this.#push.sub(1)).exp();
    const pulled = distance.mul(this.#pull.sub(1)).add(this.#strength).exp();
    const strength = pushed.sub(joined.mul(pulled)).expandDims(3);
    const force = apart.mul(strength).sum(5);
    const size = force.square().sum(3, true).add(1e-6).sqrt();
    const width = from.max(4).sub(from.min(4)).max(3).expandDims(3).expandDims(4);
    const moved = from.add(force.div(size).mul(width).mul(this.#step.exp()));
    const centred = moved.sub(moved.mean(4, true));
    return centred.div(centred.abs().max([3, 4], true));
  }

  report(): LawReport {
    const [pull, push, step] = [this.#pull, this.#push, this.#step].map((value) => value.dataSync()[0]!);
    return { pull: pull!, push: push!, step: Math.exp(step!) };
  }

  dispose(): void {
    for (const variable of this.parameters.values()) variable.dispose();
  }
}

function parameter(value: number): tf.Variable<tf.Rank.R0> {
  return tf.tidy(() => tf.variable<tf.Rank.R0>(tf.scalar(value)));
}
