import { useEngine } from '@aimle/engine';
import { aimle } from '@aimle/estimators';
import { foldIn, key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';

await useEngine();

// A TensorFlow.js model of yours with a discrete layer in its midst: it may look at two of eight inputs, and must learn
// which. Only inputs 2 and 5 matter.
const selector = tf.sequential({
  layers: [tf.layers.dense({ inputShape: [8], units: 8, useBias: true, kernelInitializer: 'zeros' })],
});
const initial = tf.initializers.glorotNormal({ seed: 3 });
const predictor = tf.sequential({
  layers: [
    tf.layers.dense({ inputShape: [8], units: 16, activation: 'relu', kernelInitializer: initial }),
    tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed: 4 }) }),
  ],
});
const select = aimle(topK({ size: 8, k: 2 }));
const inputs = tf.randomNormal<tf.Rank.R2>([128, 8], 0, 1, 'float32', 1);
const answers = inputs.slice([0, 2], [128, 1]).sub(inputs.slice([0, 5], [128, 1]));

const optimiser = tf.train.adam(0.03);
const course: number[] = [];
for (let step = 0; step < 120; step++) {
  const loss = optimiser.minimize(() => {
    const theta = selector.apply(inputs) as tf.Tensor2D;
    const z = select.sample(theta, { key: foldIn(key(1), step) }); // [128, 8]
    const seen = z.mul<tf.Tensor2D>(inputs);
    const predicted = predictor.apply(seen) as tf.Tensor2D;
    return tf.losses.meanSquaredError(answers, predicted).asScalar();
  }, true);
  course.push(loss!.dataSync()[0]!);
}
course; // plot

const mode = select.mode(selector.apply(inputs.slice([0, 0], [1, 8])) as tf.Tensor);
mode.dataSync(); // => [0, 0, 1, 0, 0, 1, 0, 0]
