import { curvatureCorrection } from '@aimle/estimators';
import type { Draws } from '../sampling/draws.js';
import type { RuleContext } from './rule.js';

/**
 * The direction that scores are moved along: the gradient of each sample (`plain`), the same with the curvature
 * correction of `@aimle/estimators` (`corrected`), or the mean of the *other* samples' gradients (`others`; the
 * sample's own at S = 1).
 *
 * `others` is there for comparison. It is biased wherever the gradient depends on the state: for small lambda its
 * limit uses the mean gradient instead of the change of the loss between the two states.
 */
export type PerturbationDirection = 'plain' | 'corrected' | 'others';

/** Returns a function that replaces g by the direction that scores are moved along; it learns from every call. */
export function movedAlong(
  direction: PerturbationDirection,
  { problem, noise }: RuleContext,
): (theta: Float64Array, rows: Draws) => Draws {
  const size = problem.structure.size;
  if (direction === 'plain') return (_theta, rows) => rows;
  if (direction === 'others') return (_theta, rows) => ({ ...rows, g: averageOthers(rows.g, size) });
  let state = curvatureCorrection.init();
  return (theta, rows) => {
    const { z, g, scores } = rows;
    const c = curvatureCorrection.estimate(state);
    const epsilon = scores.map((score, at) => (score - theta[at % size]!) / problem.temperature);
    const layout = { batch: 1, samples: rows.rows, events: 1, size };
    state = curvatureCorrection.learn(state, {
      layout,
      z,
      gradient: g,
      scale: 1,
      epsilon,
      noiseMean: noise.mean,
    });
    return { ...rows, g: g.map((value, at) => value - c * (z[at]! - 0.5)) };
  };
}

function averageOthers(g: Float32Array, n: number): Float32Array {
  const samples = g.length / n;
  if (samples === 1) return g;
  const mean = new Float64Array(n);
  for (let at = 0; at < g.length; at++) mean[at % n]! += g[at]! / samples;
  return g.map((value, at) => (samples * mean[at % n]! - value) / (samples - 1));
}
