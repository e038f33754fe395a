import {
  aimle,
  type Estimator,
  fixedLambda,
  imle,
  perturbedScoreFunction,
  straightThrough,
} from '@aimle/estimators';
import { gumbel, type Key } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import { ITEMS, items, type Problem } from './problem.js';

export const methods = ['aimle', 'imle', 'straight-through', 'score-function'] as const;
export type Method = (typeof methods)[number];

/** The loss of {@link Problem} on tensors of states: [..., 5] gives [...]. */
export function tensorLoss({ k, target }: Problem): (z: tf.Tensor) => tf.Tensor {
  return (z) => {
    const [x, y] = ([0, 1] as const).map((axis) =>
      tf.sum(tf.mul(z, tf.tensor1d(items.map((item) => item[axis] / k))), -1).sub(target[axis]),
    );
    return tf.add(tf.square(x!), tf.square(y!));
  };
}

function build(method: Method, k: number, lambda: number): Estimator {
  const solver = topK({ size: ITEMS, k });
  if (method === 'aimle') return aimle(solver, { perturbation: fixedLambda(lambda) });
  if (method === 'imle') return imle(solver, { lambda });
  if (method === 'straight-through') return straightThrough(solver, { noise: gumbel() });
  return perturbedScoreFunction(solver, { noise: gumbel() });
}

export interface EstimateOptions {
  readonly lambda: number;
  /** S: how many states each estimate averages over. */
  readonly samples: number;
  readonly count: number;
  readonly key: Key;
}

/** Independent estimates of the gradient in theta, five numbers each. */
export function estimates(
  method: Method,
  problem: Problem,
  { lambda, samples, count, key }: EstimateOptions,
): Float32Array {
  const estimator = build(method, problem.k, lambda);
  const loss = tensorLoss(problem);
  return tf.tidy(() => {
    const theta = tf.tile(tf.tensor2d([[...problem.theta]]), [count, 1]);
    const total = (rows: tf.Tensor): tf.Tensor => tf.sum(estimator.expectation(rows, loss, { key, samples }));
    return (tf.grad(total)(theta).dataSync() as Float32Array).slice();
  });
}
