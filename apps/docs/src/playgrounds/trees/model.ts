import { type Adam, adam, valueAndGradients } from '@aimle/engine';
import { aimle, type Layer } from '@aimle/estimators';
import {
  batchOf,
  edgeMetrics,
  edgesOf,
  gumbelDivergence,
  type Motions,
  negativeLogLikelihood,
  RelationalNetwork,
  scaleOf,
  simulateGraphLayout,
} from '@aimle/neural-relational-inference';
import { fillIntegers, foldIn, type Key, key, sumOfGamma } from '@aimle/random';
import { spanningTree } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import type { Learner } from '../../live/protocol.js';
import { Law, type LawReport } from './law.js';

export interface TreesOptions {
  readonly seed: number;
  readonly vertices: number;
}

/** A held-out recording, and the model's belief about its tree. */
export interface Recording {
  /** [frame][axis][vertex], one after the other. */
  readonly positions: Float32Array;
  /** For each pair of vertices, (0,1), (0,2), ..., (1,2), ..., whether they are joined. */
  readonly truth: Float32Array;
  /** For each pair, the fraction of drawn trees that join it. */
  readonly marginals: Float32Array;
  /** The most probable tree. */
  readonly best: Float32Array;
}

export interface TreesReport {
  /** The loss, in nats per vertex up to a constant, averaged over the last steps; null before the first. */
  readonly loss: number | null;
  /** Fraction of true edges in the most probable trees, over held-out recordings. */
  readonly precision: number;
  readonly law: LawReport;
  readonly recordings: readonly Recording[];
}

export const FRAMES = 10;
export const SHOWN = 6;

const TRAINED = 3000;
const HELD = 100;
const BATCH = 32;
const HIDDEN = 24;
const DRAWS = 64;

/**
 * Neural relational inference: the package's own encoder infers a tree from a recording, and its decoder predicts the
 * motion along that tree. It never sees the true tree.
 */
export class TreesModel implements Learner<TreesReport, never, never> {
  readonly #origin: Key;
  readonly #vertices: number;
  readonly #train: Motions;
  readonly #held: Motions;
  readonly #truth: Float32Array;
  readonly #network: RelationalNetwork;
  readonly #law: Law;
  readonly #encoder: ReadonlyMap<string, tf.Variable>;
  readonly #layer: Layer;
  readonly #encoderOptimiser: Adam = adam({ learningRate: 3e-3 });
  readonly #lawOptimiser: Adam = adam({ learningRate: 1e-2 });
  #steps = 0;
  #loss: number | null = null;

  constructor({ seed, vertices }: TreesOptions) {
    this.#origin = key(seed);
    this.#vertices = vertices;
    const simulated = (name: string, count: number) =>
      simulateGraphLayout({ count, vertices, frames: FRAMES, key: foldIn(this.#origin, name) });
    this.#train = simulated('train', TRAINED);
    this.#held = simulated('held out', HELD);
    this.#truth = edgesOf(this.#held, everyOne(HELD));
    this.#network = new RelationalNetwork(
      { vertices, frames: FRAMES, dimensions: 2, hidden: HIDDEN },
      foldIn(this.#origin, 'weights'),
    );
    this.#law = new Law(vertices);
    this.#encoder = new Map([...this.#network.parameters].filter(([name]) => name.startsWith('encoder.')));
    this.#layer = aimle(spanningTree({ vertices }), { noise: sumOfGamma({ kappa: vertices - 1 }) });
  }

  step(): void {
    const stepKey = foldIn(foldIn(this.#origin, 'step'), this.#steps);
    const chosen = new Int32Array(BATCH);
    fillIntegers(foldIn(stepKey, 'batch'), chosen, 0, TRAINED);
    const parameters = new Map([...this.#encoder, ...this.#law.parameters]);
    const loss = tf.tidy(() => {
      const motion = batchOf(this.#train, chosen, scaleOf(this.#train));
      const { value, gradients } = valueAndGradients(parameters, () => {
        const theta = this.#network.encode(motion, { training: true });
        const z = this.#layer.sample(theta, { key: foldIn(stepKey, 'tree'), samples: 1 });
        const predicted = this.#law.predict(motion, z as tf.Tensor3D);
        return negativeLogLikelihood(predicted, motion)
          .mean(1)
          .add(gumbelDivergence(theta, this.#vertices))
          .mean();
      });
      this.#encoderOptimiser.apply(this.#encoder, gradients);
      this.#lawOptimiser.apply(this.#law.parameters, gradients);
      return value.dataSync()[0]!;
    });
    this.#steps += 1;
    this.#loss = this.#loss === null ? loss : 0.9 * this.#loss + 0.1 * loss;
  }

  report(): TreesReport {
    const pairs = (this.#vertices * (this.#vertices - 1)) / 2;
    const { best, marginals } = tf.tidy(() => {
      const motion = batchOf(this.#held, everyOne(HELD), scaleOf(this.#train));
      const theta = this.#network.encode(motion, { training: false });
      const shown = theta.slice([0, 0], [SHOWN, pairs]);
      const z = this.#layer.sample(shown, { key: foldIn(this.#origin, 'shown'), samples: DRAWS });
      return { best: this.#layer.mode(theta).dataSync(), marginals: z.mean(1).dataSync() };
    });
    const size = FRAMES * 2 * this.#vertices;
    return {
      loss: this.#loss,
      precision: edgeMetrics(best, this.#truth, pairs).precision,
      law: this.#law.report(),
      recordings: everyOne(SHOWN).map((i) => ({
        positions: this.#held.positions.slice(i * size, (i + 1) * size),
        truth: this.#truth.slice(i * pairs, (i + 1) * pairs),
        marginals: new Float32Array(marginals.slice(i * pairs, (i + 1) * pairs)),
        best: new Float32Array(best.slice(i * pairs, (i + 1) * pairs)),
      })),
    };
  }

  answer(question: never): never {
    return question;
  }

  dispose(): void {
    this.#network.dispose();
    this.#law.dispose();
  }
}

function everyOne(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
