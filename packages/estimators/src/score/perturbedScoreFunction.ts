import type { Solver } from '@aimle/solvers';
import type { Estimator } from '../layer/estimator.js';
import { requireSolver } from '../layer/structure.js';
import { checkBaseline, type NoiseBaseline, none, othersMean } from './baseline.js';
import { type PerturbationOptions, PerturbedSolver } from './perturbedSolver.js';
import { scoreEstimatorOf } from './scoreEstimator.js';

/** Settings of {@link perturbedScoreFunction}. */
export interface PerturbedScoreFunctionOptions extends PerturbationOptions {
  /**
   * What is subtracted from a state's loss before its noise weighs it, without any bias: the mean loss of the
   * instance's other states (default; nothing where there are none), or nothing.
   */
  readonly baseline?: NoiseBaseline;
}

/**
 * Builds the score-function estimator of perturb-and-MAP: the gradient of the expected loss of perturbed solutions,
 * through the density of the noise. It needs no gradient of the loss.
 *
 *   value = (1/S) sum_s L(z_s),   z_s = MAP(theta + sigma epsilon_s)          (for a minimising solver theta - sigma epsilon_s)
 *   grad  = (1/S) sum_s (L(z_s) - b_s) score(epsilon_s) / sigma,              score = -d log rho / d epsilon
 *
 * **When to use**: where the loss has no useful gradient in z and the structure has only a solver. For a
 * distribution, `scoreFunction` has less variance, since its noise is integrated out. For losses of the mean
 * solution, `perturbedOptimiser` uses the same Jacobian. **Bias**: none for the gradient of E[L(MAP(theta + sigma
 * epsilon))]; the variance is large, and grows with n. **Shapes**: theta [B, ..., n]; the loss sees [B, ..., n], with
 * `samples: S` [B, S, ..., n]; a loss that several states share weighs the noise of them all. **Cost**: 1 batched
 * solve, none backward; the losses are read back once. A masked element has no gradient.
 *
 * @throws RangeError when an option is out of range, or the log-density of the noise has no known derivative
 * (Sum-of-Gamma).
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { perturbedScoreFunction } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const estimator = perturbedScoreFunction(topK({ size: 3, k: 1 }));
 * const loss = (z: tf.Tensor) => z.mul([1, 2, 3]).sum(-1).greater(1.5).cast('float32'); // a step: it has no slope
 * const value = estimator.expectation(tf.tensor2d([[9, 0, 0]]), loss, { key: key(1), samples: 8 });
 * Array.from(value.dataSync()); // => [0]
 * ```
 * @see Berthet and others 2020, arXiv:2002.08676, proposition 3.1; for any function of the solution: Dalle and others 2022,
 * arXiv:2207.13513, section 3.
 */
export function perturbedScoreFunction(
  solver: Solver,
  options: PerturbedScoreFunctionOptions = {},
): Estimator {
  const name = 'perturbed-score-function';
  const { baseline = 'leave-one-out' } = options;
  checkBaseline(name, baseline);
  requireSolver(name, solver);
  const perturbed = new PerturbedSolver(name, solver, options);
  return scoreEstimatorOf({
    name,
    solver,
    options,
    baseline: baseline === 'none' ? none : othersMean,
    forward(theta, layout, { key, context }) {
      const { z, epsilon } = perturbed.solve(theta, key, layout, context);
      return {
        z,
        solverCalls: 1,
        vjp: (coefficients) => perturbed.vjp(theta, epsilon(), coefficients, layout),
      };
    },
  });
}
