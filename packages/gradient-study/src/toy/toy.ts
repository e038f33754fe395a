import { foldIn, type Key } from '@aimle/random';
import type { DifferenceMode, StudyRule } from '../rules/rule.js';
import { meanOf } from '../sampling/statistics.js';
import { descend, estimateOf, gapOf, toyProblem } from './toyCurve.js';

/**
 * Lists the learning rates that {@link toyGap} chooses from.
 *
 * @example
 * ```ts
 * import { toyRates } from '@aimle/gradient-study';
 *
 * toyRates.length; // => 11
 * ```
 */
export const toyRates: readonly number[] = [0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 3];

const STEPS = 100;

/** Settings of {@link toyGap}. */
export interface ToyOptions {
  readonly rule: StudyRule;
  readonly samples: number;
  readonly mode: DifferenceMode;
  /** Repetitions for choosing the learning rate, and other ones for reporting the gap. */
  readonly repetitions: { readonly choose: number; readonly report: number };
  readonly key: Key;
}

/** The final gap of an optimisation with a rule. */
export interface ToyGap {
  readonly rate: number;
  /** E L - min L under the Gibbs distribution of the last theta, averaged over repetitions. */
  readonly gap: number;
  /** Its standard error. */
  readonly error: number;
}

/**
 * Runs the paper's toy optimisation: minimises E |z - b|^2 over theta for (10,5), seed 0, by 100 steps of gradient
 * descent with momentum 0.9. The learning rate is the best of {@link toyRates} on some repetitions; the gap is
 * measured on others.
 *
 * @example
 * ```ts
 * import { noiseScaled } from '@aimle/estimators';
 * import { policyRule, toyGap } from '@aimle/gradient-study';
 * import { key } from '@aimle/random';
 *
 * const rule = policyRule('ours', noiseScaled());
 * const repetitions = { choose: 4, report: 8 };
 * toyGap({ rule, samples: 1, mode: 'central', repetitions, key: key(1) }).gap < 1; // => true
 * ```
 * @see arXiv:2209.04862, section 5.1; `cli/synth-cli.py` of the official code, whose wrappers call other estimators
 * than their names say.
 */
export function toyGap({ rule, samples, mode, repetitions, key }: ToyOptions): ToyGap {
  const run = (rate: number, repetition: number): number => {
    const estimate = estimateOf(rule, samples, mode);
    let end = toyProblem.theta;
    descend(estimate, { rate, steps: STEPS, key: foldIn(key, repetition) }, (theta) => {
      end = theta;
    });
    return gapOf(end);
  };
  const { choose, report } = repetitions;
  const chosen = toyRates.map((rate) => meanOf(Array.from({ length: choose }, (_, i) => run(rate, i))));
  const best = chosen.reduce((at, { mean }, i) => (mean < chosen[at]!.mean ? i : at), 0);
  const rate = toyRates[best]!;
  const { mean, error } = meanOf(Array.from({ length: report }, (_, i) => run(rate, choose + i)));
  return { rate, gap: mean, error };
}
