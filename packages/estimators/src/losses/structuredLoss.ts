import type { BatchPart } from '@aimle/engine/operations';
import type { Key } from '@aimle/random';
import type { Context } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';

/** Options of {@link StructuredLoss.apply}. */
export interface StructuredLossOptions {
  /** The key of all noise of this call; losses without noise need none. */
  readonly key?: Key;
  /** S, the number of noise draws that are averaged; default 1. Losses without noise ignore it. */
  readonly samples?: number;
  /** Data that differs per instance: the same count of numbers for each. The solver receives it in every call. */
  readonly context?: Context;
  /** Where theta is a part of a batch that several workers share: it draws the noise that it has in the whole batch. */
  readonly part?: BatchPart;
}

/**
 * A loss of theta itself against a target. It knows the structure, so its gradient needs no estimator. It is convex
 * in theta for a given key, and never negative, if the solver is exact; for a clamped one see `clampCosts`.
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
   * Computes one loss per instance.
   *
   * @param theta - [B, ..., n], or [n]: scores, or costs for a minimising solver.
   * @param target - shaped like theta; the loss says what it holds. It is data and gets no gradient.
   * @returns [B, ...], or a scalar for [n]. Differentiable in theta; second derivatives are an error.
   * @throws RangeError when shapes do not match, theta or the target holds NaN, the mask forbids an element of the
   * target, or the loss needs a key and gets none.
   */
  apply(theta: tf.Tensor, target: tf.Tensor, options: StructuredLossOptions): tf.Tensor;
  /** Does the same on typed arrays of B * n numbers, without TensorFlow.js. */
  forward(theta: Float32Array, target: Float32Array, options: StructuredLossOptions): LossPass;
}

/** The losses of a batch, and their vector-Jacobian product. */
export interface LossPass {
  /** One number per instance. */
  readonly values: Float32Array;
  /** Maps a gradient in the values to that in theta. */
  vjp(gradient: Float32Array): Float32Array;
}

/** A loss without noise, whose options may be left out. */
export interface NoiselessLoss extends StructuredLoss {
  apply(theta: tf.Tensor, target: tf.Tensor, options?: StructuredLossOptions): tf.Tensor;
  forward(theta: Float32Array, target: Float32Array, options?: StructuredLossOptions): LossPass;
}
