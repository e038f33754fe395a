import { topK } from '@aimle/distributions';
import { useEngine } from '@aimle/engine';
import { exactExpectation } from '@aimle/estimators';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';

await useEngine();

// With few states no estimate is needed: the losses of all ten pairs of five, weighted by their probabilities.
const exact = exactExpectation(topK({ size: 5, k: 2 }));
const worth = tf.tensor1d([3, 1, 4, 1, 5]);
const loss = (z: tf.Tensor) => z.mul(worth).sum(-1).neg();

const theta = tf.variable(tf.zeros([1, 5]));
const value = exact.expectation(theta, loss, { key: key(0) });
value.dataSync(); // => [~-5.6]

const optimiser = tf.train.sgd(0.3);
const curve: number[] = [];
for (let step = 0; step < 50; step++) {
  const mean = optimiser.minimize(
    () => exact.expectation(theta, loss, { key: key(0) }).mean<tf.Scalar>(),
    true,
  );
  curve.push(mean!.dataSync()[0]!);
}
curve; // plot
exact.mode(theta).dataSync(); // => [0, 0, 1, 0, 1]
