import type { Estimator, JsonValue, StepInfo } from '@aimle/estimators';
import { foldIn, type Key } from '@aimle/random';
import { type Model, stepMetrics } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import type { Network } from './network/network.js';
import type { LearningToExplainConfig } from './settings.js';

/** A batch: texts by token ids, and their ratings. */
export interface LearningToExplainBatch {
  readonly texts: readonly Int32Array[];
  readonly ratings: Float32Array;
}

/** Choose k words, predict the rating from them: the squared error of the prediction, through the choice. */
export class LearningToExplain implements Model<LearningToExplainBatch> {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly #network: Network;
  readonly #estimator: Estimator;
  readonly #config: LearningToExplainConfig;
  #last: StepInfo | null = null;

  constructor(network: Network, estimator: Estimator, config: LearningToExplainConfig) {
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
    const { value, info } = this.#estimator.expectation(
      theta,
      (z) => tf.squaredDifference(this.#network.rate(z, read), target),
      { key: foldIn(stepKey, 'choice'), samples },
    );
    this.#last = info;
    return (sampleLoss === 'sum' ? value.mul(samples) : value) as tf.Tensor1D;
  }

  observations(): Record<string, number> {
    return stepMetrics(this.#last);
  }

  state(): JsonValue {
    return this.#estimator.state;
  }

  restore(state: JsonValue): void {
    this.#estimator.state = state;
  }
}
