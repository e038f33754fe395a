import type { Estimator } from '@aimle/estimators';
import { foldIn } from '@aimle/random';
import { layerModel, type Model } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import type { ExplainerNetwork } from './network/network.js';
import type { LearningToExplainConfig } from './settings.js';

/** A batch: texts as token ids, and their ratings. */
export interface LearningToExplainBatch {
  readonly texts: readonly Int32Array[];
  readonly ratings: Float32Array;
}

/** Makes the model that `trainTask` trains: chooses k words, predicts the rating from them, and returns the squared error. */
export function explainingModel(
  network: ExplainerNetwork,
  estimator: Estimator,
  { samples, padding, dropout: probability, sampleLoss }: LearningToExplainConfig,
): Model<LearningToExplainBatch> {
  return layerModel({
    parameters: network.parameters,
    layer: estimator,
    losses({ texts, ratings }, stepKey, part) {
      const read = network.read(texts);
      const dropout = { probability, key: foldIn(stepKey, 'dropout'), ...(part && { part }) };
      const theta = network.score(read, { padding, dropout });
      const target = tf.tensor2d(ratings, [ratings.length, 1]);
      const loss = (z: tf.Tensor) => tf.squaredDifference(network.rate(z, read), target);
      const value = estimator.expectation(theta, loss, {
        key: foldIn(stepKey, 'choice'),
        samples,
        ...(part && { part }),
      });
      return (sampleLoss === 'sum' ? value.mul(samples) : value) as tf.Tensor1D;
    },
  });
}
