import { key } from '@aimle/random';
import { type Solver, spanningTree, topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import type { StructuredLoss } from '../src/index.js';

export const structures: readonly [string, Solver][] = (['maximise', 'minimise'] as const).flatMap(
  (sense) => [
    [`2 of 6, ${sense}`, topK({ size: 6, k: 2, sense })] as const,
    [`trees on 4 vertices, ${sense}`, spanningTree({ vertices: 4, sense })] as const,
  ],
);

export function random(shape: number[], seed: number): tf.Tensor {
  return tf.randomNormal(shape, 0, 1, 'float32', seed);
}

/** Some state of the structure for each instance. */
export function states(solver: Solver, shape: number[], seed: number): tf.Tensor {
  const scores = random(shape, seed).dataSync() as Float32Array;
  const z = new Float32Array(scores.length);
  solver.solve(scores, z, scores.length / solver.size);
  return tf.tensor(z, shape);
}

export const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];

/** The gradient in theta of the sum of a loss over instances. */
export function slope(loss: StructuredLoss, theta: tf.Tensor, target: tf.Tensor, samples = 8): tf.Tensor {
  return tf.grad((x: tf.Tensor) => loss.apply(x, target, { key: key(3), samples }).sum())(theta);
}

export const options = { key: key(3), samples: 8 };
