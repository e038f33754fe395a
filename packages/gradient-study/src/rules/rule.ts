import type { Noise } from '@aimle/random';
import type { Problem } from '../problem.js';
import type { Perturbed } from '../sampling/difference.js';

/** Which finite difference estimates the gradient. */
export type DifferenceMode = 'forward' | 'central';

/** What a rule is begun with: the problem's fixed parts, and how it will be called. */
export interface RuleContext {
  readonly problem: Problem;
  readonly noise: Noise;
  /** S, rows of a step. */
  readonly samples: number;
  readonly mode: DifferenceMode;
}

/**
 * One backward pass at theta: the S samples' estimates of the gradient, row by row, in units of the gradient. The array
 * is the step's own, and overwritten by the next one.
 */
export type RuleStep = (theta: Float64Array, samples: Perturbed) => Float32Array;

/** A way of choosing lambda, or of estimating altogether. */
export interface StudyRule {
  readonly name: string;
  /** Backward passes before the estimates count, for what has to settle. */
  readonly warmUp: number;
  begin(context: RuleContext): RuleStep;
}
