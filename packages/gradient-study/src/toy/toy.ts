import { foldIn, gumbel, type Key } from '@aimle/random';
import { type Problem, paperProblem } from '../problem.js';
import type { Mode, Rule } from '../rules/rule.js';
import { drawStates } from '../sampling/draws.js';
import { kSubset } from '../structure/structures.js';
import { gibbsTruth } from '../truth/gibbs.js';

/**
 * Learning rates to choose from.
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
const MOMENTUM = 0.9;

/** Settings of {@link toyGap}. */
export interface ToyOptions {
  readonly rule: Rule;
  readonly samples: number;
  readonly mode: Mode;
  /** Repetitions on which the learning rate is chosen, and fresh ones on which the gap is reported. */
  readonly repetitions: { readonly choose: number; readonly report: number };
  readonly key: Key;
}

/** What optimising with a rule ends at. */
export interface ToyGap {
  readonly rate: number;
  /** E L - min L under the Gibbs distribution of the last theta, the mean over repetitions. */
  readonly gap: number;
  /** Its standard error. */
  readonly error: number;
}

/**
 * The paper's toy optimisation: minimise E |z - b|^2 over theta for (10,5), seed 0, by 100 steps of gradient descent with
 * momentum 0.9. The learning rate is the best of {@link toyRates} on some repetitions, the gap is that of others.
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
 * @see arXiv:2209.04862, section 5.1; `cli/synth-cli.py` of the official code, whose wrappers called other estimators
 * than they were named after.
 */
export function toyGap({ rule, samples, mode, repetitions, key }: ToyOptions): ToyGap {
  const problem = paperProblem(kSubset(10, 5), 0);
  const least = leastLoss(problem);
  const run = (rate: number, repetition: number): number => {
    const end = descend(problem, rule, samples, mode, rate, foldIn(key, repetition));
    return gibbsTruth({ ...problem, theta: end }).loss - least;
  };
  const { choose, report } = repetitions;
  const chosen = toyRates.map((rate) => meanAndError(Array.from({ length: choose }, (_, i) => run(rate, i))));
  const best = chosen.reduce((at, { mean }, i) => (mean < chosen[at]!.mean ? i : at), 0);
  const rate = toyRates[best]!;
  const { mean, error } = meanAndError(Array.from({ length: report }, (_, i) => run(rate, choose + i)));
  return { rate, gap: mean, error };
}

function descend(
  problem: Problem,
  rule: Rule,
  samples: number,
  mode: Mode,
  rate: number,
  key: Key,
): Float64Array {
  const noise = gumbel();
  const step = rule.begin({ problem, noise, samples, mode });
  const theta = problem.theta.slice();
  const velocity = new Float64Array(theta.length);
  const n = theta.length;
  for (let at = 0; at < STEPS; at++) {
    const draws = drawStates({ ...problem, theta }, noise, foldIn(key, at), samples);
    const estimates = step(theta, draws);
    for (let i = 0; i < n; i++) {
      let gradient = 0;
      for (let j = i; j < estimates.length; j += n) gradient += estimates[j]!;
      velocity[i] = MOMENTUM * velocity[i]! + gradient / samples;
      theta[i]! -= rate * velocity[i]!;
    }
  }
  return theta;
}

/** Of a loss that is linear on k-subsets: the k least coefficients. */
function leastLoss({ structure, loss }: Problem): number {
  const z = new Float32Array(structure.size);
  structure.solver.solve(
    Float32Array.from(loss.linear!, (c) => -c),
    z,
    1,
  );
  return loss.value(z, 0);
}

function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}
