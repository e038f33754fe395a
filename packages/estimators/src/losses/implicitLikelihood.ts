import { gumbel } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { type LossNoise, perturbation } from './lossNoise.js';
import { Regret } from './regret.js';
import type { StructuredLoss } from './structuredLoss.js';

/** Settings of {@link implicitLikelihood}. */
export interface ImplicitLikelihoodOptions extends LossNoise {
  /**
   * How the two means are approximated, of theta and of the true parameters: by perturb-and-MAP (`marginal`) or by the mode
   * (`map`). Default `marginal-marginal`, under common noise.
   */
  readonly means?: 'marginal-marginal' | 'marginal-map' | 'map-map';
}

/**
 * Implicit maximum likelihood towards true parameters: theta is to have the mean state that theta* has.
 *
 *   gradient = mean_s [MAP(theta + sigma epsilon_s) - MAP(theta* + sigma epsilon_s)]             (negated when minimising)
 *   value    = mean_s <theta + sigma epsilon_s, MAP(theta + sigma epsilon_s) - MAP(theta* + sigma epsilon_s)>
 *
 * That is the divergence F(theta) - F(theta*) - <theta - theta*, grad F(theta*)> of F(theta) = E max_z <theta + sigma epsilon, z>,
 * for one of n with Gumbel noise sigma KL(p(theta*) || p(theta)): at least 0 in every sample, and 0 at theta = theta*.
 * With `marginal-map` theta's states have noise and theta*'s is the mode (`fenchelYoung` with that state as its target);
 * with `map-map` neither has any, and sigma plays no part.
 *
 * **When to use**: where true scores or costs are known in training, and what counts is the states. `spoPlus` looks at
 * what decisions cost instead. Without true parameters, `imle` takes its target from the loss. **Bias**: none.
 * **Shapes**: theta and target (true parameters) [B, ..., n], value [B, ...]. **Cost**: 2 batched solves of B S rows.
 *
 * @throws RangeError when an option is out of its range.
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
