import type { Distribution } from '@aimle/distributions';
import { hostCallback, tensorEngine } from '@aimle/engine/operations';
import type * as tf from '@tensorflow/tfjs';
import { instanceOfRow, layoutOf, samplesOf } from '../layer/layout.js';
import { forRows } from '../layer/rows.js';
import { requireDistribution, signOf } from '../layer/structure.js';
import type { ExactDistribution } from './exactDistribution.js';

/**
 * Puts exact inference into a TensorFlow.js model: everything that a distribution of `@aimle/distributions` computes,
 * as operations on tensors with exact gradients.
 *
 * **When to use**: where the structure has a distribution and the loss can be written in marginals, entropies or
 * divergences; no noise, no estimate. It also gives regularisers: -H, or KL to a prior. For a loss of discrete
 * states, score-function estimators are made of `logProbability` and `sample`; otherwise use a layer such as `aimle`.
 * **Cost**: that of the distribution, on the CPU; gradients are vector-Jacobian products.
 *
 * @param distribution - as its factory returns it. Like it, the result must stay in one thread.
 * @example
 * ```ts
 * import { spanningTree } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { differentiable } from '@aimle/estimators';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const trees = differentiable(spanningTree({ vertices: 3 }));
 * const theta = tf.tensor2d([[0, 0, -Infinity]]); // one tree is left
 * Array.from(trees.marginals(theta).dataSync()); // => [1, 1, 0]
 * const slope = tf.grad((x: tf.Tensor) => trees.logPartition(x).sum());
 * Array.from(slope(theta).dataSync()); // => [1, 1, 0]
 * ```
 * @see Wainwright and Jordan 2008, chapter 3: gradients of A are moments of z.
 */
export function differentiable(distribution: Distribution): ExactDistribution {
  requireDistribution('differentiable', distribution);
  const { name, size } = distribution;
  const sign = signOf(distribution);
  const forbidden = -sign * Infinity;

  /** An operation on instances of theta; `shape` is that of its result. */
  function operation(
    theta: tf.Tensor,
    shape: readonly number[],
    forward: (theta: Float32Array) => Float32Array | Float64Array,
    backward: (theta: Float32Array, gradient: Float32Array) => Float64Array,
    differentiableBackward?: (gradient: tf.Tensor, theta: tf.Tensor) => tf.Tensor,
  ): tf.Tensor {
    layoutOf(name, distribution, theta.shape, undefined);
    let kept: Float32Array = new Float32Array(0);
    return hostCallback(theta, {
      name,
      ...(differentiableBackward && { differentiableBackward }),
      forward(host) {
        kept = host;
        return { values: Float32Array.from(forward(host)), shape };
      },
      backward: (gradient) =>
        // A forbidden element stays forbidden: its gradient is 0.
        Float32Array.from(backward(kept, gradient), (g, i) => (kept[i] === forbidden ? 0 : g)),
    });
  }

  /** An operation on pairs, stacked in one tensor: first all of theta, then all of the other. */
  function pairOperation(
    theta: tf.Tensor,
    other: tf.Tensor,
    forward: (theta: Float32Array, other: Float32Array) => Float64Array,
    direction: (theta: number, other: number) => number,
  ): tf.Tensor {
    if (theta.shape.join() !== other.shape.join()) {
      throw new RangeError(`${name}: other must have theta's shape, [${theta.shape}], got [${other.shape}]`);
    }
    const halves = (pair: Float32Array) =>
      [pair.subarray(0, pair.length / 2), pair.subarray(pair.length / 2)] as const;
    return tensorEngine().tidy(() =>
      operation(
        theta.stack(other),
        theta.shape.slice(0, -1),
        (pair) => forward(...halves(pair)),
        (pair, gradient) => {
          const [here, there] = halves(pair);
          const v = here.map((x, i) =>
            x !== forbidden && there[i] !== forbidden ? direction(x, there[i]!) : 0,
          );
          const answer = new Float64Array(pair.length);
          answer.set(scaled(distribution.covarianceProduct(here, v), gradient));
          const difference = distribution.marginals(there);
          const mu = distribution.marginals(here);
          for (let i = 0; i < mu.length; i++) difference[i]! -= mu[i]!;
          answer.set(scaled(difference, gradient, sign), here.length);
          return answer;
        },
      ),
    );
  }

  /** Each instance's vector times its own number. */
  function scaled(vectors: Float64Array, gradient: Float32Array, sign = 1): Float64Array {
    for (let i = 0; i < vectors.length; i++) vectors[i]! *= sign * gradient[Math.floor(i / size)]!;
    return vectors;
  }

  /** Values without a gradient. */
  function constant(
    theta: tf.Tensor,
    shape: readonly number[],
    values: (theta: Float32Array) => Float32Array | Float64Array,
  ) {
    return operation(theta, shape, values, (host) => new Float64Array(host.length));
  }

  const marginals = (theta: tf.Tensor): tf.Tensor =>
    operation(
      theta,
      theta.shape,
      (host) => distribution.marginals(host),
      (host, gradient) => {
        const product = distribution.covarianceProduct(host, gradient);
        for (let i = 0; i < product.length; i++) product[i]! *= sign;
        return product;
      },
    );

  return {
    distribution,
    logPartition: (theta) =>
      operation(
        theta,
        theta.shape.slice(0, -1),
        (host) => distribution.logPartition(host),
        (host, gradient) => scaled(distribution.marginals(host), gradient, sign),
        // The Hessian of A is the covariance: its product is the vjp of the marginals.
        (gradient, x) => marginals(x).mul(gradient.expandDims(-1)).mul(sign),
      ),
    marginals,
    entropy: (theta) =>
      operation(
        theta,
        theta.shape.slice(0, -1),
        (host) => distribution.entropy(host),
        (host, gradient) => {
          const finite = host.map((x) => (x === forbidden ? 0 : x));
          return scaled(distribution.covarianceProduct(host, finite), gradient, -1);
        },
      ),
    kl: (theta, other) =>
      pairOperation(
        theta,
        other,
        (here, there) => distribution.kl(here, there),
        (x, y) => x - y,
      ),
    crossEntropy: (theta, other) =>
      pairOperation(
        theta,
        other,
        (here, there) => distribution.crossEntropy(here, there),
        (_, y) => -y,
      ),
    logProbability(theta, z) {
      const layout = layoutOf(name, distribution, theta.shape, samplesOf(name, theta.shape, z.shape));
      const instance = instanceOfRow(layout);
      const states = Float32Array.from(z.dataSync());
      let logP: Float64Array = new Float64Array(0);
      return operation(
        theta,
        z.shape.slice(0, -1),
        (host) => {
          logP = distribution.logProbability(forRows(host, layout), states);
          return logP;
        },
        (host, gradient) => {
          const weight = gradient.map((g, row) => (logP[row] === -Infinity ? 0 : g));
          const total = new Float32Array(layout.instances);
          for (let row = 0; row < layout.rows; row++) total[instance[row]!]! += weight[row]!;
          const answer = scaled(distribution.marginals(host), total, -sign);
          for (let i = 0; i < states.length; i++) {
            const row = Math.floor(i / size);
            answer[instance[row]! * size + (i % size)]! += sign * weight[row]! * states[i]!;
          }
          return answer;
        },
      );
    },
    mode: (theta) =>
      constant(theta, theta.shape, (host) => {
        const z = new Float32Array(host.length);
        distribution.solve(host, z, host.length / size);
        return z;
      }),
    sample(theta, { key, samples }) {
      const layout = layoutOf(name, distribution, theta.shape, samples);
      return constant(theta, layout.shape, (host) => distribution.sample(key, forRows(host, layout)));
    },
  };
}
