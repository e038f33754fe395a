import { foldIn, gumbel, type Key } from '@aimle/random';
import type { Problem } from '../problem.js';
import { drawStates } from '../sampling/draws.js';

const CHUNK = 1000;

/** Computes the straight-through estimate: the mean of dL/dz over perturb-and-MAP states under Gumbel noise. */
export function straightThroughOf(problem: Problem, key: Key, samples: number): Float64Array {
  const mean = new Float64Array(problem.theta.length);
  for (let start = 0; start < samples; start += CHUNK) {
    const rows = Math.min(CHUNK, samples - start);
    const { g } = drawStates(problem, gumbel(), foldIn(key, start), rows);
    for (let at = 0; at < g.length; at++) mean[at % mean.length]! += g[at]! / samples;
  }
  return mean;
}

/** Computes the score-function estimate L(z) (z - mu) from exact Gibbs samples, as the paper without a baseline. */
export function gibbsScoreMean(problem: Problem, key: Key, samples: number): Float64Array {
  const { structure, loss, theta } = problem;
  const n = structure.size;
  const mu = structure.distribution.marginals(theta);
  const mean = new Float64Array(n);
  const tiled = new Float64Array(Math.min(CHUNK, samples) * n);
  for (let at = 0; at < tiled.length; at += n) tiled.set(theta, at);
  for (let start = 0; start < samples; start += CHUNK) {
    const rows = Math.min(CHUNK, samples - start);
    const z = Float32Array.from(
      structure.distribution.sample(foldIn(key, start), tiled.subarray(0, rows * n)),
    );
    for (let at = 0; at < rows * n; at += n) {
      const value = loss.value(z, at) / samples;
      for (let i = 0; i < n; i++) mean[i]! += value * (z[at + i]! - mu[i]!);
    }
  }
  return mean;
}
