import type { Key } from '@aimle/random';
import type { Context } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';

/** What one call of {@link StructuredLoss.apply} needs beside theta and the target. */
export interface StructuredLossOptions {
  /** The key of all noise of this call; losses without noise need none. */
  readonly key?: Key;
  /** S, how many draws of the noise are averaged; default 1. Losses without noise take no notice. */
  readonly samples?: number;
  /** What differs per instance, as many numbers for each, handed to the solver in all its calls. */
  readonly context?: Context;
}

/**
 * A loss of theta itself against a target, that knows the structure: its gradient needs no estimate of how states depend
 * on theta. Convex in theta for a given key, and never negative.
 *
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { type StructuredLoss, structuredHinge } from '@aimle/estimators';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const loss: StructuredLoss = structuredHinge(topK({ size: 3, k: 1 }));
 * const target = tf.tensor2d([[1, 0, 0], [0, 1, 0]]);
 * loss.apply(tf.zeros([2, 3]), target, {}).shape; // => [2]
 * ```
 */
export interface StructuredLoss {
  readonly name: string;
  /**
   * One loss an instance.
   *
   * @param theta - [B, ..., n], or [n]: scores, or costs for a minimising solver.
   * @param target - shaped like theta: what it holds is the loss's own to say. It is data: it has no gradient.
   * @returns [B, ...], or a scalar for [n]. Differentiable in theta, once.
   * @throws RangeError when shapes do not match, theta or the target holds NaN, the mask forbids what the target has, or
   * the loss needs a key and has none.
   */
  apply(theta: tf.Tensor, target: tf.Tensor, options: StructuredLossOptions): tf.Tensor;
  /** The same on typed arrays of B * n numbers, without TensorFlow.js. */
  forward(theta: Float32Array, target: Float32Array, options: StructuredLossOptions): LossPass;
}

/** The losses of a batch, and how a gradient comes back through them. */
export interface LossPass {
  /** One number an instance. */
  readonly values: Float32Array;
  /** Maps a gradient in the values to that in theta. */
  vjp(gradient: Float32Array): Float32Array;
}

/** A loss without noise: its options may be left out. */
export interface NoiselessLoss extends StructuredLoss {
  apply(theta: tf.Tensor, target: tf.Tensor, options?: StructuredLossOptions): tf.Tensor;
  forward(theta: Float32Array, target: Float32Array, options?: StructuredLossOptions): LossPass;
}
