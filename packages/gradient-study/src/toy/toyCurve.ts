import { foldIn, gumbel, type Key } from '@aimle/random';
import { paperProblem } from '../problem.js';
import type { DifferenceMode, StudyRule } from '../rules/rule.js';
import { drawStates } from '../sampling/draws.js';
import { type MeanWithError, meanOf } from '../sampling/statistics.js';
import { kSubset } from '../structure/structures.js';
import { gibbsTruth } from '../truth/gibbs.js';

export const toyProblem = paperProblem(kSubset(10, 5), 0);

const minimum = minLoss();

/** Finds the minimum loss over all states, on which it is linear. */
function minLoss(): number {
  const { structure, loss } = toyProblem;
  const z = new Float32Array(structure.size);
  const scores = Float32Array.from(loss.linear!, (c) => -c);
  structure.distribution.solve(scores, z, 1);
  return loss.value(z, 0);
}

/** Computes E L - min L under the Gibbs distribution of theta. */
export function gapOf(theta: Float64Array): number {
  return gibbsTruth({ ...toyProblem, theta }).loss - minimum;
}

/** Estimates the gradient of the expected loss at theta, with the noise of a key. */
export type GradientEstimate = (theta: Float64Array, key: Key) => ArrayLike<number>;

/** Momentum of every descent, as in the official script. */
const MOMENTUM = 0.9;

/** Runs gradient descent with momentum 0.9 from the first theta; `visit` receives theta after every step. */
export function descend(
  estimate: GradientEstimate,
  { rate, steps, key }: { readonly rate: number; readonly steps: number; readonly key: Key },
  visit: (theta: Float64Array, step: number) => void,
): void {
  const theta = toyProblem.theta.slice();
  const velocity = new Float64Array(theta.length);
  for (let at = 0; at < steps; at++) {
    const gradient = estimate(theta, foldIn(key, at));
    for (let i = 0; i < theta.length; i++) {
      velocity[i] = MOMENTUM * velocity[i]! + gradient[i]!;
      theta[i]! -= rate * velocity[i]!;
    }
    visit(theta, at + 1);
  }
}

/** Averages a rule's estimates over perturb-and-MAP samples. The rule's adaptive state is kept from call to call. */
export function estimateOf(rule: StudyRule, samples: number, mode: DifferenceMode): GradientEstimate {
  const noise = gumbel();
  const step = rule.begin({ problem: toyProblem, noise, samples, mode });
  return (theta, key) => {
    const rows = step(theta, drawStates({ ...toyProblem, theta }, noise, key, samples));
    const mean = new Float64Array(theta.length);
    for (let at = 0; at < rows.length; at++) mean[at % mean.length]! += rows[at]! / samples;
    return mean;
  };
}

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
    descend(begin(), { rate, steps, key: foldIn(key, repetition) }, (theta, step) => {
      if (step % every === 0) gaps[step / every]!.push(gapOf(theta));
    });
  }
  return gaps.map((values, at) => ({ step: at * every, gap: meanOf(values) }));
}
