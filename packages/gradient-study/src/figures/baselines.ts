import { foldIn, type Key } from '@aimle/random';
import type { Problem } from '../problem.js';
import type { Draws } from '../sampling/draws.js';

/** The straight-through estimate: the mean of dL/dz over perturb-and-MAP states. */
export function straightThroughMean(draws: Draws, from: number, samples: number, n: number): Float64Array {
  const mean = new Float64Array(n);
  for (let row = from; row < from + samples; row++) {
    for (let i = 0; i < n; i++) mean[i]! += draws.g[row * n + i]! / samples;
  }
  return mean;
}

/** How many states are drawn at a time. */
const CHUNK = 1000;

/**
 * The score-function estimate with states of the Gibbs distribution itself, L(z) (z - mu), without a baseline: as in the
 * paper's comparison, which grants this estimator exact samples.
 */
export function gibbsScoreMean(problem: Problem, key: Key, samples: number): Float64Array {
  const { structure, loss, theta } = problem;
  const n = structure.size;
  const mu = structure.gibbs.marginals(theta);
  const mean = new Float64Array(n);
  const tiled = new Float64Array(Math.min(CHUNK, samples) * n);
  for (let at = 0; at < tiled.length; at += n) tiled.set(theta, at);
  for (let start = 0; start < samples; start += CHUNK) {
    const rows = Math.min(CHUNK, samples - start);
    const z = Float32Array.from(structure.gibbs.sample(foldIn(key, start), tiled.subarray(0, rows * n)));
    for (let at = 0; at < rows * n; at += n) {
      const value = loss.value(z, at) / samples;
      for (let i = 0; i < n; i++) mean[i]! += value * (z[at + i]! - mu[i]!);
    }
  }
  return mean;
}
