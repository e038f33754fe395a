import type { Noise } from '@aimle/random';
import type { Problem } from '../problem.js';
import type { Draws } from '../sampling/draws.js';

/** The finite difference that estimates the gradient. */
export type DifferenceMode = 'forward' | 'central';

/** What a rule starts with: the fixed parts of the problem, and how it will be called. */
export interface RuleContext {
  readonly problem: Problem;
  readonly noise: Noise;
  /** S, the rows of a step. */
  readonly samples: number;
  readonly mode: DifferenceMode;
}

/**
 * Runs one backward pass at theta and returns the estimates of the S samples, row by row, in units of the gradient.
 * The next call overwrites the array.
 */
export type RuleStep = (theta: Float64Array, samples: Draws) => Float32Array;

/** A way to choose lambda, or to estimate the gradient as a whole. */
export interface StudyRule {
  readonly name: string;
  /** Backward passes before the estimates count, for rules that adapt. */
  readonly warmUp: number;
  begin(context: RuleContext): RuleStep;
}
