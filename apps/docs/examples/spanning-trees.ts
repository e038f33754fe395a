import { spanningTree } from '@aimle/distributions';
import { useEngine } from '@aimle/engine';
import { differentiable } from '@aimle/estimators';
import * as tf from '@tensorflow/tfjs';

await useEngine();

// All spanning trees of four vertices, edges in the order 01, 02, 03, 12, 13, 23. There are sixteen.
const trees = differentiable(spanningTree({ vertices: 4 }));
const theta = tf.variable(tf.zeros([1, 6]));
trees.logPartition(theta).exp().dataSync(); // => [~16]
trees.marginals(theta).dataSync(); // => [~0.5, ~0.5, ~0.5, ~0.5, ~0.5, ~0.5]

// Maximise the likelihood of two observed trees by its exact gradient.
const observed = tf.tensor2d([
  [1, 0, 0, 1, 0, 1], // 01, 12, 23
  [1, 0, 0, 1, 1, 0], // 01, 12, 13
]);
const optimiser = tf.train.sgd(0.5);
const likelihood: number[] = [];
for (let step = 0; step < 60; step++) {
  const loss = optimiser.minimize(
    () =>
      trees
        .logProbability(theta.tile([2, 1]), observed)
        .neg()
        .mean<tf.Scalar>(),
    true,
  );
  likelihood.push(-loss!.dataSync()[0]!);
}
likelihood; // plot

// Edges 01 and 12 are in both trees, 13 and 23 in one each.
trees.marginals(theta).round().dataSync().slice(0, 4); // => [1, 0, 0, 1]
