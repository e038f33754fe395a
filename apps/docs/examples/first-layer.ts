import * as tf from '@tensorflow/tfjs';
import { aimle, foldIn, key, topK, useEngine } from 'aimle';

await useEngine();

// A layer picks two of six items. Theta and the noise decide which.
const pick = aimle(topK({ size: 6, k: 2 }));
const theta = tf.variable(tf.zeros([1, 6]));
const z = pick.sample(theta, { key: key(1), samples: 3 }); // three picks: zeros and ones
z.shape; // => [1, 3, 6]
z.sum(-1).dataSync(); // => [2, 2, 2]

// The loss wants items 1 and 4. A pick has no gradient of its own, but the layer estimates one.
const wanted = tf.tensor1d([0, 1, 0, 0, 1, 0]);
const optimiser = tf.train.sgd(0.2);
const losses: number[] = [];
for (let step = 0; step < 60; step++) {
  const loss = optimiser.minimize(() => {
    const z = pick.sample(theta, { key: foldIn(key(2), step), samples: 4 });
    return z.sub(wanted).square().sum(-1).mean<tf.Scalar>();
  }, true);
  losses.push(loss!.dataSync()[0]!);
}
losses; // plot

pick.mode(theta).dataSync(); // => [0, 1, 0, 0, 1, 0]
