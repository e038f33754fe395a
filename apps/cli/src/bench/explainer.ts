import { adam } from '@aimle/engine';
import { ExplainerNetwork, learningToExplain, selectionEstimator } from '@aimle/learning-to-explain';
import { fillGamma, fillNormal, fillUniform, foldIn, key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import type { Trained } from './trainingStep.js';

const WORDS = 20_000;
const SIZE = 200;
/** Exponent of Zipf's law, lengths like the beer reviews' (mean 154, 46 to 350), as in the official code's timing. */
const ZIPF = 1.3;
const SHAPE = 6;
const MEAN = 154;
const SHORTEST = 46;

/** The paper's model on 40 texts. Padding may be chosen, as in the official code. */
export function explainer(): Trained {
  const config = { ...learningToExplain.presets.paper, padding: 'selectable' } as const;
  const values = new Float32Array(WORDS * SIZE);
  fillNormal(key(0), values);
  const embedding = { size: SIZE, values: values.map((value) => 0.3 * value) };
  const network = new ExplainerNetwork({ ...config, embedding }, key(1));
  const estimator = selectionEstimator({ ...config, perturbation: 'paper' });
  const texts = zipfTexts(config.batchSize, config.maxLength);
  const ratings = new Float32Array(config.batchSize);
  fillUniform(key(2), ratings);
  const target = tf.tensor2d(ratings, [ratings.length, 1]);
  return {
    parameters: network.parameters,
    optimiser: adam({ learningRate: config.learningRate, epsilon: config.adamEpsilon }),
    loss(stepKey) {
      const read = network.read(texts);
      const dropout = { probability: config.dropout, key: foldIn(stepKey, 'dropout') };
      const theta = network.score(read, { padding: config.padding, dropout });
      const loss = (z: tf.Tensor): tf.Tensor => tf.squaredDifference(network.rate(z, read), target);
      return estimator.expectation(theta, loss, { key: stepKey, samples: 1 });
    },
    dispose() {
      target.dispose();
      network.dispose();
    },
  };
}

/** Texts whose words follow Zipf's law, by inversion of its integral. */
function zipfTexts(count: number, longest: number): Int32Array[] {
  const lengths = new Float32Array(count);
  fillGamma(key(4), lengths, SHAPE);
  return Array.from(lengths, (drawn, row) => {
    const length = Math.max(SHORTEST, Math.min(longest, Math.floor((drawn * MEAN) / SHAPE)));
    const uniform = new Float32Array(length);
    fillUniform(foldIn(key(5), row), uniform);
    return Int32Array.from(uniform, (u) => Math.min(WORDS - 1, Math.floor((1 - u) ** (-1 / (ZIPF - 1))) + 2));
  });
}
