import type { Key } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';

/** A value that survives `JSON.stringify` and back, as the adaptive state of a layer must. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What one call of {@link Estimator.apply} needs besides theta. */
export interface ApplyOptions {
  /** The key of all noise of this call: same key, same z, on every engine. */
  readonly key: Key;
  /** S, how many states are drawn for each instance; default 1. */
  readonly samples?: number;
  /**
   * What differs per instance (a terrain, a graph, a budget), as many numbers for each of the instances of theta, handed
   * to the solver in all its calls; every sample of an instance has the same.
   */
  readonly context?: Context;
}

/**
 * What one call did. The first two fields are known at once; the others are `null` until the gradient has
 * passed through, and stay `null` where they do not apply.
 */
export interface StepInfo {
  /** Batched calls of the solver so far: 1 after the forward pass, and what the backward pass added. */
  solverCalls: number;
  /** S times the marginal samples: how many states stand on axis 1 of z. */
  readonly samples: number;
  /** The perturbation size that was used, averaged over the instances. */
  lambda: number | null;
  /** Mean number of coordinates in which the two solutions of one sample differ. */
  changedCoordinates: number | null;
  /** Share of samples whose two solutions differ at all. */
  changedShare: number | null;
  /** Share of coordinates of the gradient in theta that are exactly zero. */
  sparsity: number | null;
}

/** The states drawn for a batch, and the account of how. */
export interface Applied {
  /** [B, S, ..., n] for theta [B, ..., n]; [S, n] for theta [n]. Differentiable in theta. */
  readonly z: tf.Tensor;
  readonly info: StepInfo;
}

/** The expected loss of a batch, and the account of how it was estimated. */
export interface Expected {
  /** The shape of the losses but for the samples, [B, ...]: their mean over samples. Differentiable in theta. */
  readonly value: tf.Tensor;
  readonly info: StepInfo;
}

/**
 * Estimates the expectation of a loss over the states of a structure, and its gradient in theta. All that estimators
 * have in common: those that hand the states out are {@link Layer}s.
 */
export interface Estimator {
  readonly name: string;
  /**
   * The mean of a loss over S states of each instance. Its gradient in theta is this estimator's; gradients in
   * whatever else the loss depends on are the exact ones of the mean.
   *
   * @param theta - [B, ..., n], or [n].
   * @param loss - maps states [B, S, ..., n] ([S, n]) to one loss a state, [B, S, ...] ([S]): it leaves out the last
   * axis. Where the m states of a theta [B, m, n] share one loss, it leaves out theirs as well: [B, S]. Called once.
   * @throws RangeError as {@link Layer.apply}, or when the losses have another shape.
   */
  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: ApplyOptions): Expected;
  /** The most probable state, without noise or gradient: [B, ..., n], theta's shape. One solver call. */
  mode(theta: tf.Tensor, context?: Context): tf.Tensor;
  /** Everything that adapts during training, as JSON: put it in the checkpoint; assign it to continue. */
  state: JsonValue;
}

/** A discrete layer: states of a structure on the way forward, an estimated gradient on the way back. */
export interface Layer extends Estimator {
  /** The solver that it was built on; of a distribution, one that finds its mode. */
  readonly solver: Solver;
  /**
   * Draws S states for each instance of theta.
   *
   * The loss is taken to average over samples: the gradient of sample s's own loss is g_s = S dL/dz_s. So a
   * loss written with `mean` over axis 1 has gradients on one scale for every S.
   *
   * @throws RangeError when theta does not end in the solver's size, holds NaN (the instance and element are
   * named), or `samples` is not a positive integer.
   */
  apply(theta: tf.Tensor, options: ApplyOptions): Applied;
}

/**
 * Whether an estimator hands its states out.
 *
 * @example
 * ```ts
 * import { aimle, isLayer, scoreFunction } from '@aimle/estimators';
 * import { subsets } from '@aimle/distributions';
 *
 * const pairs = subsets({ size: 4, k: 2 });
 * [aimle(pairs), scoreFunction(pairs)].map(isLayer); // => [true, false]
 * ```
 */
export function isLayer(estimator: Estimator): estimator is Layer {
  return 'apply' in estimator;
}
