import { gumbel } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import { type LossNoise, perturbation } from './lossNoise.js';
import { Regret } from './regret.js';
import type { StructuredLoss } from './structuredLoss.js';

/** Settings of {@link implicitLikelihood}. */
export interface ImplicitLikelihoodOptions extends LossNoise {
  /**
   * How the means of theta and of the true parameters are approximated: by perturb-and-MAP (`marginal`) or by the
   * mode (`map`). Default `marginal-marginal`, under common noise.
   */
  readonly means?: 'marginal-marginal' | 'marginal-map' | 'map-map';
}

/**
 * Builds the implicit-maximum-likelihood loss against true parameters theta*: it trains theta to have the same mean
 * state as theta*.
 *
 *   gradient = mean_s [MAP(theta + sigma epsilon_s) - MAP(theta* + sigma epsilon_s)]             (negated when minimising)
 *   value    = mean_s <theta + sigma epsilon_s, MAP(theta + sigma epsilon_s) - MAP(theta* + sigma epsilon_s)>
 *
 * This is the divergence F(theta) - F(theta*) - <theta - theta*, grad F(theta*)> of F(theta) = E max_z <theta + sigma
 * epsilon, z>. For one of n with Gumbel noise it is sigma KL(p(theta*) || p(theta)). It is at least 0 in every
 * sample, and 0 at theta = theta*. With `marginal-map`, only the states of theta have noise, and theta* gives its
 * mode (as `fenchelYoung` with that state as target). With `map-map`, neither has noise, and sigma has no effect.
 *
 * **When to use**: where true scores or costs are known in training and the states are to match. If the cost of
 * decisions matters, use `spoPlus`. Without true parameters, use `imle`, which takes its target from the loss.
 * **Bias**: none.
 * **Shapes**: theta and target (true parameters) [B, ..., n], value [B, ...]. **Cost**: 2 batched solves of B S rows.
 *
 * @throws RangeError when an option is out of range.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { implicitLikelihood } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const loss = implicitLikelihood(topK({ size: 4, k: 2 }));
 * const truth = tf.tensor2d([[1, 2, 3, 4]]);
 * Array.from(loss.apply(truth, truth, { key: key(0), samples: 8 }).dataSync()); // => [0]
 * ```
 * @see Niepert, Minervini, Franceschi 2021, arXiv:2106.01798, section 3, and its path experiments, whose best rows
 * have this target.
 */
export function implicitLikelihood(solver: Solver, options: ImplicitLikelihoodOptions = {}): StructuredLoss {
  checkOptions('implicitLikelihood', options, { noise: true, sigma: true, means: true });
  const name = 'implicit-likelihood';
  const { noise = gumbel(), sigma = 1, means = 'marginal-marginal' } = options;
  if (!['marginal-marginal', 'marginal-map', 'map-map'].includes(means)) {
    throw new RangeError(
      `${name}: means must be marginal-marginal, marginal-map or map-map, got ${JSON.stringify(means)}`,
    );
  }
  const draw = perturbation(name, noise, means === 'map-map' ? 0 : sigma, null);
  return new Regret(name, solver, 1, (rows, call) => {
    const shift = draw(rows, call);
    const truth =
      means === 'marginal-marginal' ? rows.target.map((score, i) => score + shift[i]!) : rows.target;
    return { point: rows.theta.map((score, i) => score + shift[i]!), rival: rows.solve(truth) };
  });
}
