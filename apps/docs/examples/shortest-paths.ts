import { useEngine } from '@aimle/engine';
import { clampCosts, fenchelYoung } from '@aimle/estimators';
import { fillNormal, foldIn, key } from '@aimle/random';
import { gridPath } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';

await useEngine();

// Grids of 5 by 5 cells, each of one of three terrains. The cost of a terrain is hidden; the shortest paths are given.
const [grids, side, hidden] = [24, 5, [1, 4, 9]];
const draws = new Float32Array(grids * side * side);
fillNormal(key(1), draws);
const terrain = Int32Array.from(draws, (x) => (x < -0.4 ? 0 : x < 0.6 ? 1 : 2));
const solver = gridPath({ height: side, width: side });
const paths = new Float32Array(terrain.length);
solver.solve(
  Float32Array.from(terrain, (kind) => hidden[kind]!),
  paths,
  grids,
);

// Learn the costs from the paths only.
const kinds = tf.oneHot(tf.tensor1d(terrain, 'int32'), 3);
const target = tf.tensor2d(paths, [grids, side * side]);
const costs = tf.variable(tf.tensor1d([1, 1, 1]));
const cellCosts = () =>
  kinds
    .mul(tf.softplus(costs))
    .sum(-1)
    .reshape([grids, side * side]);
const loss = fenchelYoung(clampCosts(solver), { sigma: 0.5 });
const optimiser = tf.train.adam(0.1);
const curve: number[] = [];
for (let step = 0; step < 60; step++) {
  const value = optimiser.minimize(
    () => loss.apply(cellCosts(), target, { key: foldIn(key(2), step), samples: 2 }).mean<tf.Scalar>(),
    true,
  );
  curve.push(value!.dataSync()[0]!);
}
curve; // plot

const predicted = new Float32Array(terrain.length);
solver.solve(cellCosts().dataSync() as Float32Array, predicted, grids);
const price = (path: Float32Array) => path.reduce((sum, z, i) => sum + z * hidden[terrain[i]!]!, 0);
price(predicted) / price(paths) < 1.02; // => true
const learned = tf.softplus(costs).dataSync();
learned[0]! < learned[1]! && learned[1]! < learned[2]!; // => true
