import { gumbel } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import { mirrorOf } from '../difference/antithetic.js';
import { type LossNoise, perturbation } from './lossNoise.js';
import { Regret } from './regret.js';
import type { StructuredLoss } from './structuredLoss.js';

/** Settings of {@link fenchelYoung}. */
export interface FenchelYoungOptions extends LossNoise {
  /**
   * Whether samples come in pairs of opposite noise. For S of 2 and more this gives about half the variance of the
   * gradient, and two thirds of that of the value (measured for 10 of 20). Default false, since not every noise has a
   * known mirror image.
   */
  readonly antithetic?: boolean;
}

/**
 * Builds the perturbed Fenchel-Young loss of theta against a target y: a state or a mean of states.
 *
 *   F(theta) = E max_z <theta + sigma epsilon, z>,   L(theta; y) = F(theta) + Omega(y) - <theta, y>,   Omega = F*
 *   value = mean_s <theta + sigma epsilon_s, z_s - y>,  z_s = MAP(theta + sigma epsilon_s),  gradient = mean_s z_s - y
 *
 * For a minimising solver, read -theta for theta. The value is that of the loss itself, not of a surrogate with the
 * same gradient.
 * **If y is a state of 0s and 1s, a vertex of the structure's hull, the value is an unbiased estimate of L**: there
 * Omega(y) = -sigma E<epsilon, y>, so the noise term of y cancels, and each sample is at least 0. If y lies inside
 * the hull (marginals, an average of labels), it estimates an upper bound of L, larger by -sigma E<epsilon, y> -
 * Omega(y). That does not depend on theta: the gradient and the minimiser are the same, and the minimum is above 0.
 *
 * **When to use**: to learn scores from labelled structures. It is convex, smooth for sigma > 0, and needs no
 * gradient through the solver. For one of n with Gumbel noise it is sigma times the cross-entropy of softmax(theta /
 * sigma). **Bias**: none.
 * **Zero**: approached as theta grows in favour of y; reached where sigma = 0 and y is the best state. **Shapes**:
 * theta and target [B, ..., n], value [B, ...]. **Cost**: 1 batched solve of B S rows, none backward.
 *
 * @throws RangeError when sigma is negative or not finite, or antithetic is set for a noise without a known mirror
 * image.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { fenchelYoung } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const loss = fenchelYoung(topK({ size: 2, k: 1 }));
 * const value = loss.apply(tf.tensor2d([[0, 0]]), tf.tensor2d([[1, 0]]), { key: key(0), samples: 40_000 }); // ln 2
 * value.dataSync()[0]?.toFixed(1); // => '0.7'
 * ```
 * @see Berthet and others 2020, arXiv:2002.08676, section 4; Blondel, Martins, Niculae 2020, arXiv:1901.02324.
 */
export function fenchelYoung(solver: Solver, options: FenchelYoungOptions = {}): StructuredLoss {
  checkOptions('fenchelYoung', options, { noise: true, sigma: true, antithetic: true });
  const name = 'fenchel-young';
  const { noise = gumbel(), sigma = 1, antithetic = false } = options;
  const draw = perturbation(name, noise, sigma, antithetic ? mirrorOf(name, noise) : null);
  return new Regret(name, solver, 1, (rows, call) => {
    const shift = draw(rows, call);
    return { point: rows.theta.map((score, i) => score + shift[i]!), rival: rows.target };
  });
}
