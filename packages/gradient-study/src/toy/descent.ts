import { foldIn, gumbel, type Key, type Noise } from '@aimle/random';
import type { Problem } from '../problem.js';
import type { DifferenceMode, StudyRule } from '../rules/rule.js';
import { drawStates } from '../sampling/draws.js';

/** Estimates the gradient of the expected loss at theta, with the noise of a key. */
export type GradientEstimate = (theta: Float64Array, key: Key) => ArrayLike<number>;

/** Momentum of every descent, as in the official script. */
const MOMENTUM = 0.9;

/** Runs gradient descent with momentum 0.9 from the problem's theta; `visit` receives theta after every step. */
export function descend(
  problem: Problem,
  estimate: GradientEstimate,
  { rate, steps, key }: { readonly rate: number; readonly steps: number; readonly key: Key },
  visit: (theta: Float64Array, step: number) => void,
): void {
  const theta = problem.theta.slice();
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
export function estimateOf(
  problem: Problem,
  rule: StudyRule,
  samples: number,
  mode: DifferenceMode,
  noise: Noise = gumbel(),
): GradientEstimate {
  const step = rule.begin({ problem, noise, samples, mode });
  return (theta, key) => {
    const rows = step(theta, drawStates({ ...problem, theta }, noise, key, samples));
    const mean = new Float64Array(theta.length);
    for (let at = 0; at < rows.length; at++) mean[at % mean.length]! += rows[at]! / samples;
    return mean;
  };
}

/** Finds the minimum loss over all states, for a loss that is linear on the states. */
export function minLoss({ structure, loss }: Problem): number {
  const z = new Float32Array(structure.size);
  structure.distribution.solve(
    Float32Array.from(loss.linear!, (c) => -c),
    z,
    1,
  );
  return loss.value(z, 0);
}
