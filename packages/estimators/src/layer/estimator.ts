import type { Key } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';

/** A value that survives `JSON.stringify` and back, as the adaptive state of an estimator must. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What one call of {@link Layer.sample} or {@link Estimator.expectation} needs besides theta. */
export interface SampleOptions {
  /** The key of all noise of this call: same key, same states, on every engine. */
  readonly key: Key;
  /** S, how many states are drawn for each instance, on an axis of their own. Left out: one state, and no such axis. */
  readonly samples?: number;
  /**
   * What differs per instance (a terrain, a graph, a budget), as many numbers for each of the instances of theta, passed
   * to the solver in all its calls; every sample of an instance has the same.
   */
  readonly context?: Context;
}

/** What {@link Layer.forward} needs besides theta. */
export interface ForwardOptions extends SampleOptions {
  /** m, where theta is [B, m, n] and the samples stand between B and m; default 1, for theta [B, n]. */
  readonly blocks?: number;
}

/** What the latest step of an estimator did. Fields are `null` before the gradient has passed, and where they do not apply. */
export interface StepInfo {
  /** Batched calls of the solver: 1 after the forward pass, and what the backward pass added. */
  readonly solverCalls: number;
  /** S times the marginal samples: how many states each instance has. */
  readonly samples: number;
  /** The perturbation size that was used, averaged over the instances. */
  readonly lambda: number | null;
  /** Mean number of coordinates in which the two solutions of one sample differ. */
  readonly changedCoordinates: number | null;
  /** Share of samples whose two solutions differ at all. */
  readonly changedShare: number | null;
  /** Share of coordinates of the gradient in theta that are exactly zero. */
  readonly sparsity: number | null;
}

/**
 * Estimates the expectation of a loss over the states of a structure, and its gradient in theta. Estimators that return
 * the states themselves are {@link Layer}s.
 */
export interface Estimator {
  readonly name: string;
  /** The structure that it was built on. */
  readonly solver: Solver;
  /** The options that it was made with, as they were given. */
  readonly options: object;
  /**
   * The mean loss of S states of each instance. Its gradient in theta is this estimator's; gradients in whatever else the
   * loss depends on are the exact ones of the mean.
   *
   * @param theta - [B, ..., n], or [n].
   * @param loss - maps states, shaped as {@link Layer.sample} draws them, to one loss a state: it leaves out the last axis.
   * Where the m states of a theta [B, m, n] share one loss, it leaves out theirs as well. Called once.
   * @returns the shape of the losses but for the samples, [B, ...]. Differentiable in theta.
   * @throws RangeError as {@link Layer.sample}, or when the losses have another shape.
   */
  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: SampleOptions): tf.Tensor;
  /** The most probable state, without noise or gradient: [B, ..., n], theta's shape. One solver call. */
  mode(theta: tf.Tensor, context?: Context): tf.Tensor;
  /** Everything that adapts during training, as JSON: put it in the checkpoint; assign it to continue. */
  state: JsonValue;
  /** What the latest step did; `null` before the first one. Each step has an object of its own, which never changes. */
  readonly lastStep: StepInfo | null;
}

/** A discrete layer: its forward pass draws states of a structure, its backward pass estimates a gradient. */
export interface Layer extends Estimator {
  /**
   * Draws states for each instance of theta: [B, ..., n] gives z [B, ..., n], and with `samples: S` z [B, S, ..., n].
   *
   * The loss is taken to average over samples: the gradient of sample s's own loss is g_s = S dL/dz_s. So a
   * loss written with `mean` over the axis of the samples has gradients on one scale for every S.
   *
   * @param theta - [B, ..., n], or [n], float32.
   * @returns z, differentiable in theta, once.
   * @throws RangeError when theta does not end in the solver's size, holds NaN (the instance and element are
   * named), or `samples` is not a positive integer.
   */
  sample(theta: tf.Tensor, options: SampleOptions): tf.Tensor;
  /**
   * The same in two awaited steps, for engines that cannot be read synchronously (webgpu in some browsers): theta and the
   * gradient are read asynchronously. Nothing is recorded for automatic differentiation: take the gradient of the loss in
   * z, await `vjp` of it, and continue from theta with `tf.grads(f)(inputs, gradient)`.
   */
  sampleAsync(theta: tf.Tensor, options: SampleOptions): Promise<AsyncPass>;
  /**
   * The same on typed arrays, without TensorFlow.js: in a worker, or beside another engine.
   *
   * @param theta - B * blocks * n numbers, copied.
   * @returns z, as many numbers for each sample, in the order [B, S, blocks, n], and its vector-Jacobian product.
   * @throws RangeError as {@link Layer.sample}, or when the length of theta does not fit.
   */
  forward(theta: Float32Array, options: ForwardOptions): Pass;
}

/** The states of one call, and how a gradient comes back through them. */
export interface Pass {
  /** Leave it as it is until the gradient has been taken: the estimator reads it again. */
  readonly z: Float32Array;
  /** Maps dL/dz, as long as z, to the estimate of dL/dtheta, as long as theta. */
  vjp(gradient: Float32Array): Float32Array;
}

/** {@link Pass} on tensors, awaited: see {@link Layer.sampleAsync}. */
export interface AsyncPass {
  readonly z: tf.Tensor;
  /** Maps dL/dz, shaped like z, to the estimate of dL/dtheta, shaped like theta. */
  vjp(gradient: tf.Tensor): Promise<tf.Tensor>;
}

/**
 * Whether an estimator returns its states.
 *
 * @example
 * ```ts
 * import { aimle, isLayer, scoreFunction } from '@aimle/estimators';
 * import { topK } from '@aimle/distributions';
 *
 * const pairs = topK({ size: 4, k: 2 });
 * [aimle(pairs), scoreFunction(pairs)].map(isLayer); // => [true, false]
 * ```
 */
export function isLayer(estimator: Estimator): estimator is Layer {
  return 'sample' in estimator;
}
