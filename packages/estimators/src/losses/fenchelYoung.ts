import { gumbel } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { mirrorOf } from '../difference/antithetic.js';
import { type LossNoise, perturbation } from './lossNoise.js';
import { Regret } from './regret.js';
import type { StructuredLoss } from './structuredLoss.js';

/** Settings of {@link fenchelYoung}. */
export interface FenchelYoungOptions extends LossNoise {
  /**
   * Whether samples come in pairs of opposite noise: for S of 2 and more about half the variance of the gradient, and two
   * thirds of that of the value (measured on 10 of 20). Default false, for not every noise has a known opposite.
   */
  readonly antithetic?: boolean;
}

/**
 * The perturbed Fenchel-Young loss of theta against a target state (or mean of states) y.
 *
 *   F(theta) = E max_z <theta + sigma epsilon, z>,   L(theta; y) = F(theta) + Omega(y) - <theta, y>,   Omega = F*
 *   value = mean_s <theta + sigma epsilon_s, z_s - y>,  z_s = MAP(theta + sigma epsilon_s),  gradient = mean_s z_s - y
 *
 * (for a minimising solver theta is -theta in this.) The value is the true one, not a stand-in whose gradient happens to fit.
 * **For a y that is a vertex of the structure's hull, as every state of 0s and 1s is, the value is an unbiased estimate of
 * L**: there Omega(y) = -sigma E<epsilon, y>, so the noise's own part of y cancels, and each sample is at least 0. For a
 * y inside (marginals, an average of labels) it estimates an upper bound of L, above it by -sigma E<epsilon, y> - Omega(y),
 * which does not depend on theta: gradient and minimiser are the same, the least value is above 0.
 *
 * **When to use**: to learn scores from labelled structures: convex, smooth for sigma > 0, nothing to differentiate
 * through. One of n with Gumbel noise: the cross-entropy of softmax(theta / sigma), times sigma. **Bias**: none.
 * **Zero**: approached as theta grows towards y; reached where sigma = 0 and y is best. **Shapes**: theta and target
 * [B, ..., n], value [B, ...]. **Cost**: 1 batched solve of B S rows, none backward.
 *
 * @throws RangeError when sigma is negative or not finite, or antithetic is asked of a noise without a mirror image.
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
  const name = 'fenchel-young';
  const { noise = gumbel(), sigma = 1, antithetic = false } = options;
  const draw = perturbation(name, noise, sigma, antithetic ? mirrorOf(name, noise) : null);
  return new Regret(name, solver, 1, (rows, call) => {
    const shift = draw(rows, call);
    return { point: rows.theta.map((score, i) => score + shift[i]!), rival: rows.target };
  });
}
