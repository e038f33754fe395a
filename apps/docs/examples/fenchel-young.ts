import { useEngine } from '@aimle/engine';
import { fenchelYoung } from '@aimle/estimators';
import { foldIn, key } from '@aimle/random';
import { ranking } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';

await useEngine();

// The right rankings are known, so no gradient has to pass through a ranking: the loss compares scores with rankings.
const solver = ranking({ size: 4 });
const loss = fenchelYoung(solver);
const features = tf.randomNormal([16, 4, 3], 0, 1, 'float32', 1);
const truth = tf.tensor2d([[2], [-1], [0.5]]);
const scoresBy = (weights: tf.Tensor2D) => features.reshape([64, 3]).matMul(weights).reshape([16, 4]);
const rankings = new Float32Array(64);
solver.solve(scoresBy(truth).dataSync() as Float32Array, rankings, 16);
const target = tf.tensor2d(rankings, [16, 4]);

const weights = tf.variable(tf.zeros<tf.Rank.R2>([3, 1]));
const optimiser = tf.train.adam(0.1);
const curve: number[] = [];
for (let step = 0; step < 60; step++) {
  const value = optimiser.minimize(
    () => loss.apply(scoresBy(weights), target, { key: foldIn(key(1), step), samples: 4 }).mean<tf.Scalar>(),
    true,
  );
  curve.push(value!.dataSync()[0]!);
}
curve; // plot

// The direction is learned; rankings say nothing about the length.
const cosine = weights.mul(truth).sum().div(weights.norm().mul(truth.norm()));
cosine.dataSync()[0]! > 0.95; // => true
