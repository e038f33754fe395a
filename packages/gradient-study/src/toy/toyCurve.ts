import { foldIn, type Key } from '@aimle/random';
import { type MeanWithError, meanOf } from '../figures/mean.js';
import { paperProblem } from '../problem.js';
import { kSubset } from '../structure/structures.js';
import { gibbsTruth } from '../truth/gibbs.js';
import { descend, type GradientEstimate, minLoss } from './descent.js';

/** The problem of the toy optimisation: (10,5), seed 0. */
export const toyProblem = paperProblem(kSubset(10, 5), 0);

const minimum = minLoss(toyProblem);

/** Computes E L - min L under the Gibbs distribution of theta. */
export function gapOf(theta: Float64Array): number {
  return gibbsTruth({ ...toyProblem, theta }).loss - minimum;
}

/** Settings of {@link toyCurve}. */
export interface ToyCurveOptions {
  /** Called once per repetition. A new estimate starts without adaptive state; the same one keeps it. */
  readonly begin: () => GradientEstimate;
  readonly rate: number;
  readonly steps: number;
  /** Steps between two points of the curve. */
  readonly every: number;
  readonly repetitions: number;
  readonly key: Key;
}

/** Measures the gap at regular steps of the optimisation, averaged over repetitions. */
export function toyCurve({ begin, rate, steps, every, repetitions, key }: ToyCurveOptions): {
  readonly step: number;
  readonly gap: MeanWithError;
}[] {
  const gaps = Array.from({ length: steps / every + 1 }, (): number[] => []);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    gaps[0]!.push(gapOf(toyProblem.theta));
    descend(toyProblem, begin(), { rate, steps, key: foldIn(key, repetition) }, (theta, step) => {
      if (step % every === 0) gaps[step / every]!.push(gapOf(theta));
    });
  }
  return gaps.map((values, at) => ({ step: at * every, gap: meanOf(values) }));
}
