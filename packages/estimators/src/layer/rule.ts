import type { Key } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import type { JsonValue, StepInfo } from './estimator.js';
import type { Layout } from './layout.js';

/** What a rule receives besides theta. */
export interface RuleCall {
  readonly key: Key;
  readonly context?: Context;
}

/** What every kind of estimator defines. */
export interface RuleBase {
  readonly name: string;
  readonly solver: Solver;
  /** The options that the user gave. */
  readonly options: object;
  /** Everything that adapts during training; absent where nothing does. */
  state?: JsonValue;
  /** Computes the most probable states, where that is not the solver's answer: instances * n numbers. */
  mode?(theta: Float32Array, context?: Context): Float32Array;
}

/**
 * A layer's rule: a forward function and its vector-Jacobian product, on typed arrays. `layerOf` adds what all layers
 * share: shapes, checks, tensors, statistics.
 */
export interface Rule extends RuleBase {
  /** The number of states that make one sample; default 1. */
  readonly marginalSamples?: number;
  /** Draws states. theta has instances * n numbers without NaN, and does not change before the backward pass. */
  forward(theta: Float32Array, layout: Layout, call: RuleCall): RulePass;
  /**
   * Does the same on the device of the engine in use, without reading from it; null where the device cannot.
   *
   * @param onGradient - is told after each backward pass how to read its statistics, all but the samples.
   */
  onDevice?(
    theta: tf.Tensor,
    layout: Layout,
    call: RuleCall,
    onGradient: (read: () => Omit<StepInfo, 'samples'>) => void,
  ): tf.Tensor | null;
}

/** The states of one call of a {@link Rule}, and their vector-Jacobian product. */
export interface RulePass {
  /** rows * n numbers, which the caller may keep. */
  readonly z: Float32Array;
  readonly solverCalls: number;
  /** Maps the gradient in z (rows * n finite numbers) to that in theta (instances * n). */
  vjp(gradient: Float32Array): RuleGradient;
}

/** A gradient in theta, with statistics of the backward pass; `solverCalls` counts only its own. */
export interface RuleGradient extends Partial<Omit<StepInfo, 'samples' | 'sparsity'>> {
  readonly gradient: Float32Array;
}
