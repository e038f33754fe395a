import type { Problem } from '../problem.js';

/**
 * Computes the expected loss and its gradient under the Gibbs distribution, p(z) proportional to exp <theta, z> /
 * temperature. The paper's figures compare with this truth. It is exact: by marginals where the loss is linear on the
 * states, otherwise by enumerating all states, which only small structures allow.
 *
 * Perturb-and-MAP samples another distribution, except for k = 1: see {@link perturbAndMapGradient}.
 *
 * @example
 * ```ts
 * import { gibbsTruth, kSubset, paperProblem } from '@aimle/gradient-study';
 *
 * const { loss, gradient } = gibbsTruth(paperProblem(kSubset(10, 5), 0));
 * loss; // => ~5.239365
 * gradient.slice(0, 2); // => [~0.223835, ~-0.410435]
 * ```
 */
export function gibbsTruth({ structure, theta, loss, temperature }: Problem): {
  readonly loss: number;
  readonly gradient: Float64Array;
} {
  const scaled = theta.map((value) => value / temperature);
  const marginals = structure.distribution.marginals(scaled);
  const gradient = new Float64Array(theta.length);
  if (loss.linear) {
    const { linear } = loss;
    let expected = loss.value(new Float32Array(theta.length), 0);
    linear.forEach((c, i) => {
      expected += c * marginals[i]!;
    });
    structure.distribution.covarianceProduct(scaled, linear, gradient);
    return { loss: expected, gradient: gradient.map((value) => value / temperature) };
  }
  const [logPartition] = structure.distribution.logPartition(scaled);
  const z = new Float32Array(theta.length);
  let expected = 0;
  for (const state of structure.distribution.states()) {
    z.set(state);
    let score = -logPartition!;
    for (let i = 0; i < z.length; i++) score += z[i]! * scaled[i]!;
    const weighted = Math.exp(score) * loss.value(z, 0);
    expected += weighted;
    for (let i = 0; i < z.length; i++) gradient[i]! += (weighted * (z[i]! - marginals[i]!)) / temperature;
  }
  return { loss: expected, gradient };
}
