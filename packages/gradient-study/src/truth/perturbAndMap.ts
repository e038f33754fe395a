import { gumbel, type Key } from '@aimle/random';
import type { Problem } from '../problem.js';
import { conditionalGradient, gumbelDensity } from './conditional.js';

/**
 * Computes the exact gradient of the expected loss under the distribution that perturb-and-MAP samples,
 * z = MAP(theta + temperature * Gumbel noise), for losses that are linear on the states: for k-subsets by quadrature
 * over exponential arrival times, for spanning trees by a Markov chain over the steps of Kruskal's algorithm.
 *
 * For other losses, sample it with {@link conditionalGradient}.
 *
 * @throws RangeError when the loss is not linear on the states, or the structure has no exact gradient.
 * @example
 * ```ts
 * import { gibbsTruth, kSubset, paperProblem, perturbAndMapGradient } from '@aimle/gradient-study';
 *
 * const problem = paperProblem(kSubset(50, 1), 0);
 * perturbAndMapGradient(problem)[0]; // => ~-0.022498
 * gibbsTruth(problem).gradient[0]; // => ~-0.022498
 * ```
 */
export function perturbAndMapGradient({ structure, theta, loss, temperature }: Problem): Float64Array {
  if (!loss.linear) {
    throw new RangeError(
      `perturbAndMapGradient: the loss must be linear on the states, got ${loss.name}; take conditionalGradient`,
    );
  }
  if (structure.gumbelGradient === null) {
    throw new RangeError(
      `perturbAndMapGradient: no exact gradient is known for ${structure.name}; take conditionalGradient`,
    );
  }
  const scaled = theta.map((value) => value / temperature);
  return structure.gumbelGradient(scaled, loss.linear).map((value) => value / temperature);
}

/** Computes the same gradient for any loss and structure: from that many samples where none is known exactly. */
export function perturbAndMapTruth(problem: Problem, key: Key, samples: number): Float64Array {
  if (problem.loss.linear && problem.structure.gumbelGradient) return perturbAndMapGradient(problem);
  const noise = { noise: gumbel(), density: gumbelDensity };
  return conditionalGradient(problem, noise, key, samples).gradient;
}
