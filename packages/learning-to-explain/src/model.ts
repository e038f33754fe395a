import type { Estimator, JsonValue } from '@aimle/estimators';
import { foldIn, type Key } from '@aimle/random';
import { type Model, stepMetrics } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import type { ExplainerNetwork } from './network/network.js';
import type { LearningToExplainConfig } from './settings.js';

/** A batch: texts as token ids, and their ratings. */
export interface LearningToExplainBatch {
  readonly texts: readonly Int32Array[];
  readonly ratings: Float32Array;
}

/** The model that `trainTask` trains: chooses k words, predicts the rating from them, and returns the squared error. */
export class LearningToExplain implements Model<LearningToExplainBatch> {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #network: ExplainerNetwork;
  readonly #estimator: Estimator;
  readonly #config: LearningToExplainConfig;

  constructor(network: ExplainerNetwork, estimator: Estimator, config: LearningToExplainConfig) {
    this.#network = network;
    this.#estimator = estimator;
    this.#config = config;
    this.parameters = network.parameters;
  }

  losses({ texts, ratings }: LearningToExplainBatch, stepKey: Key): tf.Tensor1D {
    const { samples, padding, dropout: probability, sampleLoss } = this.#config;
    const read = this.#network.read(texts);
    const dropout = { probability, key: foldIn(stepKey, 'dropout') };
    const theta = this.#network.score(read, { padding, dropout });
    const target = tf.tensor2d(ratings, [ratings.length, 1]);
    const value = this.#estimator.expectation(
      theta,
      (z) => tf.squaredDifference(this.#network.rate(z, read), target),
      { key: foldIn(stepKey, 'choice'), samples },
    );
    return (sampleLoss === 'sum' ? value.mul(samples) : value) as tf.Tensor1D;
  }

  observations(): Record<string, number> {
    return stepMetrics(this.#estimator.lastStep);
  }

  state(): JsonValue {
    return this.#estimator.state;
  }

  restore(state: JsonValue): void {
    this.#estimator.state = state;
  }
}
