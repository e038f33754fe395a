import * as tf from '@tensorflow/tfjs';
import { aimle, discreteLayer, topK, useEngine } from 'aimle';

await useEngine();

// A TensorFlow.js model with a discrete layer inside: it may look at two of eight inputs, and learns which.
// Only inputs 2 and 5 matter.
const inputs = tf.randomNormal<tf.Rank.R2>([256, 8], 0, 1, 'float32', 1);
const answers = inputs.slice([0, 2], [256, 1]).sub(inputs.slice([0, 5], [256, 1]));

const input = tf.input({ shape: [8] });
const scores = tf.layers.dense({ units: 8, kernelInitializer: 'zeros' }).apply(input);
const pick = discreteLayer({ estimator: aimle(topK({ size: 8, k: 2 })), seed: 1 });
const z = pick.apply(scores) as tf.SymbolicTensor;
const seen = tf.layers.multiply().apply([z, input]);
const dense = (units: number, seed: number, activation: 'relu' | 'linear') =>
  tf.layers.dense({ units, activation, kernelInitializer: tf.initializers.glorotNormal({ seed }) });
const output = dense(1, 4, 'linear').apply(dense(16, 3, 'relu').apply(seen)) as tf.SymbolicTensor;
const model = tf.model({ inputs: input, outputs: output });

model.compile({ optimizer: tf.train.adam(0.03), loss: 'meanSquaredError' });
const { history } = await model.fit(inputs, answers, {
  epochs: 30,
  shuffle: false,
  batchSize: 64,
  verbose: 0,
});
history['loss']; // plot

// The inputs it looks at: the output of the layer, which in inference is the best state.
const chosen = tf.model({ inputs: input, outputs: z }).predict(inputs.slice(0, 1)) as tf.Tensor;
chosen.dataSync(); // => [0, 0, 1, 0, 0, 1, 0, 0]
