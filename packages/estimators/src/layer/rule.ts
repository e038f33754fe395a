import type { Key } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type { JsonValue, StepInfo } from './estimator.js';
import type { Layout } from './layout.js';

/** What a rule is given besides theta. */
export interface RuleCall {
  readonly key: Key;
  readonly context?: Context;
}

/** What every kind of estimator has of its own, whatever is made of it. */
export interface RuleBase {
  readonly name: string;
  readonly solver: Solver;
  /** The options that the user gave. */
  readonly options: object;
  /** Everything that adapts during training; left out where nothing does. */
  state?: JsonValue;
  /** The most probable states, where that is not simply the solver's answer: instances * n numbers each. */
  mode?(theta: Float32Array, context?: Context): Float32Array;
}

/**
 * A layer's rule: a forward function and its vector-Jacobian product, on typed arrays. `layerOf` adds all that rules have
 * in common: shapes, checks, tensors, statistics.
 */
export interface Rule extends RuleBase {
  /** How many states make one sample of a user's; default 1. */
  readonly marginalSamples?: number;
  /** theta: instances * n numbers without NaN. It may be kept until the gradient has passed. */
  forward(theta: Float32Array, layout: Layout, call: RuleCall): RulePass;
}

/** The states of one call of a {@link Rule}, and how a gradient comes back through them. */
export interface RulePass {
  /** rows * n, the caller's to keep. */
  readonly z: Float32Array;
  readonly solverCalls: number;
  /** Maps the gradient in every row of z, rows * n finite numbers, to that in theta, instances * n. */
  vjp(gradient: Float32Array): RuleGradient;
}

/** A gradient in theta, and what is to be told of how it came about; `solverCalls` are those of the backward pass. */
export interface RuleGradient extends Partial<Omit<StepInfo, 'samples' | 'sparsity'>> {
  readonly gradient: Float32Array;
}
