import * as tf from '@tensorflow/tfjs';
import { aimle, custom, foldIn, key, useEngine } from 'aimle';

await useEngine();

// Your own structure: a window of three neighbours among eight. You only write the function that finds the best one.
const starts = [0, 1, 2, 3, 4, 5];
const window = custom({
  size: 8,
  kappa: 3,
  name: 'window',
  solve(theta) {
    const sums = starts.map((i) => theta[i]! + theta[i + 1]! + theta[i + 2]!);
    const best = sums.indexOf(Math.max(...sums));
    return theta.map((_, i) => (i >= best && i < best + 3 ? 1 : 0));
  },
});

// Learn where the signal is, only from how much of it each window caught.
const signal = tf.tensor1d([0, 0.1, 0, 0.2, 1, 0.9, 0.8, 0]);
const layer = aimle(window);
const theta = tf.variable(tf.zeros([1, 8]));
const optimiser = tf.train.adam(0.1);
const caught: number[] = [];
for (let step = 0; step < 60; step++) {
  const loss = optimiser.minimize(() => {
    const z = layer.sample(theta, { key: foldIn(key(3), step), samples: 4 });
    return z.mul(signal).sum(-1).mean<tf.Scalar>().neg();
  }, true);
  caught.push(-loss!.dataSync()[0]!);
}
caught; // plot
layer.mode(theta).dataSync(); // => [0, 0, 0, 0, 1, 1, 1, 0]
