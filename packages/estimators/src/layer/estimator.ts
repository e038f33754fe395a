import type { BatchPart } from '@aimle/engine/operations';
import type { Key } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';

/** A value that JSON can hold, such as the adaptive state of an estimator. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** Options of {@link Layer.sample} and {@link Estimator.expectation}. */
export interface SampleOptions {
  /** The key of all noise of this call: same key, same states, on every engine. */
  readonly key: Key;
  /** S, the number of states drawn for each instance, on an extra axis. Default: one state and no such axis. */
  readonly samples?: number;
  /**
   * Data that differs per instance (a terrain, a graph, a budget): the same count of numbers for each instance of
   * theta. The solver receives it in every call; all samples of an instance share it. It is not copied: leave it as it is
   * until the gradient has been taken.
   */
  readonly context?: Context;
  /**
   * Where theta is a part of a batch that several workers share: the part draws the noise that its instances have in the
   * whole batch, and what adapts learns from the whole batch. `simple`, `scoreFunction` and `perturbedScoreFunction` throw.
   * Default: theta is the whole batch.
   */
  readonly part?: BatchPart;
}

/** Options of {@link Layer.forward}. */
export interface ForwardOptions extends SampleOptions {
  /** m for theta [B, m, n], where the samples lie between B and m; default: theta is [B, n]. */
  readonly blocks?: number;
}

/** What the latest step of an estimator did. Fields are `null` until the backward pass, and where they do not apply. */
export interface StepInfo {
  /** Batched solver calls: those of the forward pass, and after the backward pass also its own. */
  readonly solverCalls: number;
  /** The number of states of each instance: S times the marginal samples. */
  readonly samples: number;
  /** The perturbation size, averaged over the instances. */
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
  /** The structure that the estimator was built on. */
  readonly solver: Solver;
  /** The options that it was built with, as given. */
  readonly options: object;
  /**
   * Computes the mean loss of S states of each instance. Its gradient in theta is this estimator's; gradients in
   * anything else that the loss depends on are those of the mean, exactly.
   *
   * @param theta - [B, ..., n], or [n].
   * @param loss - maps states, shaped as {@link Layer.sample} draws them, to one loss per state, without the last
   * axis. Where the m states of a theta [B, m, n] share one loss, it also drops their axis. Called once.
   * @returns the losses averaged over samples, [B, ...]. Differentiable in theta.
   * @throws RangeError as {@link Layer.sample} does, or when the losses have another shape.
   */
  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: SampleOptions): tf.Tensor;
  /** The most probable state, without noise or gradient: [B, ..., n], theta's shape. One solver call. */
  mode(theta: tf.Tensor, context?: Context): tf.Tensor;
  /** Everything that adapts during training, as JSON. Store it in the checkpoint; assign it to continue. */
  state: JsonValue;
  /**
   * What the latest step did; `null` before the first one. Each step makes a new object, which never changes. On webgpu
   * it waits for the GPU, unless something that was computed later has been awaited.
   */
  readonly lastStep: StepInfo | null;
}

/** A discrete layer: its forward pass draws states of a structure, its backward pass estimates a gradient. */
export interface Layer extends Estimator {
  /**
   * Draws states for each instance of theta: [B, ..., n] gives z [B, ..., n], and with `samples: S` z [B, S, ..., n].
   *
   * Write the loss as a mean over the axis of the samples: the gradient of sample s's own loss is then g_s = S
   * dL/dz_s, and gradients have the same scale for every S.
   *
   * On webgpu, subsets of an estimator such as `aimle` stay on the GPU: the states are those of the host where the noise
   * has temperature 1 or is none; gradients and lambda differ from the host's by rounding to float32. Nothing is read
   * there, so a row of theta with NaN gets NaN states, and a gradient that is not finite gives NaN; the error, which
   * names the element, comes from a later call, or from `lastStep` or `state`.
   *
   * @param theta - [B, ..., n], or [n], float32.
   * @returns z, differentiable in theta. Second derivatives are an error.
   * @throws RangeError when theta does not end in the solver's size, holds NaN (the instance and element are
   * named), or `samples` is not a positive integer; TypeError when theta is not float32.
   */
  sample(theta: tf.Tensor, options: SampleOptions): tf.Tensor;
  /**
   * Does the same in two awaited steps, for engines that cannot be read synchronously (webgpu in some browsers). It
   * records nothing for automatic differentiation: take the gradient of the loss in z, await `vjp` of it, and
   * continue from theta with `tf.grads(f)(inputs, gradient)`.
   */
  sampleAsync(theta: tf.Tensor, options: SampleOptions): Promise<AsyncSamplePass>;
  /**
   * Does the same on typed arrays, without TensorFlow.js: in a worker, or with another engine.
   *
   * @param theta - B * blocks * n numbers, copied.
   * @returns z, in the order [B, S, blocks, n], and its vector-Jacobian product.
   * @throws RangeError as {@link Layer.sample} does, or when the length of theta does not fit.
   */
  forward(theta: Float32Array, options: ForwardOptions): SamplePass;
}

/** The states of one call, and their vector-Jacobian product. */
export interface SamplePass {
  /** The states. Do not change them before `vjp`, which reads them again. */
  readonly z: Float32Array;
  /** Maps dL/dz, with the length of z, to the estimate of dL/dtheta, with the length of theta. */
  vjp(gradient: Float32Array): Float32Array;
}

/** A {@link SamplePass} on tensors, awaited. See {@link Layer.sampleAsync}. */
export interface AsyncSamplePass {
  readonly z: tf.Tensor;
  /** Maps dL/dz, shaped like z, to the estimate of dL/dtheta, shaped like theta. */
  vjp(gradient: tf.Tensor): Promise<tf.Tensor>;
}

/**
 * Tells whether an estimator returns its states.
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
  // A distribution samples too, but has no expectation.
  return 'sample' in estimator && 'expectation' in estimator;
}
