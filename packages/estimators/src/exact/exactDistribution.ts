import type { Distribution } from '@aimle/distributions';
import type { Key } from '@aimle/random';
import type * as tf from '@tensorflow/tfjs';

/**
 * A distribution on tensors: see {@link differentiable}.
 *
 * theta is [..., n], float32, with n the size of the structure. `-Infinity` forbids an element, whose gradient is
 * then 0. Computations use double precision. Errors of the distribution pass through: an instance without a state,
 * NaN in theta. Second derivatives are exact for `logPartition`, whose Hessian is Cov[z]; elsewhere they are an
 * error. The gradients below are those of a maximising structure. For a minimising one, p is proportional to
 * exp(-<theta, z>), and the gradients of A, mu and log p, and of kl
 * and crossEntropy in `other`, change sign.
 *
 * @example
 * ```ts
 * import { spanningTree } from '@aimle/distributions';
 * import { useEngine } from '@aimle/engine';
 * import { differentiable, type ExactDistribution } from '@aimle/estimators';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const trees: ExactDistribution = differentiable(spanningTree({ vertices: 3 }));
 * trees.logPartition(tf.zeros([5, 2, 3])).shape; // => [5, 2]
 * ```
 */
export interface ExactDistribution {
  readonly distribution: Distribution;
  /** A(theta): [...]. Its gradient is mu. */
  logPartition(theta: tf.Tensor): tf.Tensor;
  /** mu = E[z]: [..., n]. The gradient of <v, mu> is Cov[z] v. */
  marginals(theta: tf.Tensor): tf.Tensor;
  /**
   * log p(z; theta): [...] for z shaped like theta; [B, S, ...] for z of [B, S, ..., n], as `sample` draws them, [S]
   * for [S, n]. Its gradient in theta is z - mu; z is data and has none. If z is not a state, it is `-Infinity`,
   * without gradient.
   */
  logProbability(theta: tf.Tensor, z: tf.Tensor): tf.Tensor;
  /** -E[log p(z)] in nats: [...]. Its gradient is -Cov[z] theta. */
  entropy(theta: tf.Tensor): tf.Tensor;
  /**
   * KL(p(theta) || p(other)) in nats: [...]. Its gradient in theta is Cov[z] (theta - other), in other it is
   * mu(other) - mu(theta). Where it is `Infinity`, its gradient leaves out the elements that make it so.
   */
  kl(theta: tf.Tensor, other: tf.Tensor): tf.Tensor;
  /** -E[log p(z; other)] over p(theta): [...]. Its gradient in theta is -Cov[z] other, in other as that of `kl`. */
  crossEntropy(theta: tf.Tensor, other: tf.Tensor): tf.Tensor;
  /** The most probable state, shaped like theta, without gradient. */
  mode(theta: tf.Tensor): tf.Tensor;
  /** Exact draws, without gradient: shaped like theta, or [B, S, ..., n] ([S, n]) where `samples` is given. */
  sample(theta: tf.Tensor, options: { readonly key: Key; readonly samples?: number }): tf.Tensor;
}
