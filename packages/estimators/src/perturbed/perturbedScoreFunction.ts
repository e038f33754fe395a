import type { Context, Solver } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import type { ApplyOptions, Estimator, Expected, JsonValue } from '../estimator.js';
import { layoutOf, refuseTheta } from '../layout.js';
import { modeOf } from '../mode.js';
import { lossesOfStates, throughScore } from '../score/throughScore.js';
import { stepInfo } from '../stepInfo.js';
import { type Structure, solverOf } from '../structure.js';
import { checkBaseline, leaveOneOut, type NoiseBaseline } from './baseline.js';
import { type PerturbationOptions, PerturbedSolver } from './perturbedSolver.js';

/** Settings of {@link perturbedScoreFunction}. */
export interface PerturbedScoreFunctionOptions extends PerturbationOptions {
  /**
   * What is subtracted from a state's loss before it is weighed by its noise, without any bias: the mean loss of the
   * instance's other states (the default; nothing where there are none), or nothing.
   */
  readonly baseline?: NoiseBaseline;
}

/**
 * The score function of perturb-and-MAP: the gradient of the expected loss of perturbed solutions, through the density of
 * the noise. It needs no gradient of the loss.
 *
 *   value = (1/S) sum_s L(z_s),   z_s = MAP(theta + sigma epsilon_s)          (for a minimising solver theta - sigma epsilon_s)
 *   grad  = (1/S) sum_s (L(z_s) - b_s) score(epsilon_s) / sigma,              score = -d log rho / d epsilon
 *
 * **When to use**: where the loss has no gradient in z or none to be trusted, and the structure only a solver; for a
 * distribution `scoreFunction` has less variance, its noise being integrated out. `perturbedOptimiser` is the same
 * Jacobian for losses of the mean solution. **Bias**: none, for the gradient of E[L(MAP(theta + sigma epsilon))]; the
 * variance is large, and grows with n. **Shapes**: theta [B, ..., n]; the loss sees [B, S, ..., n]; a loss that several
 * states share weighs the noise of them all. **Cost**: 1 batched
 * solve, none backward; the losses are read back once. A masked element has no gradient.
 *
 * @throws RangeError when an option is out of its range, or the density of the noise has no known slope (Sum-of-Gamma).
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
 * const { value } = estimator.expectation(tf.tensor2d([[9, 0, 0]]), loss, { key: key(1), samples: 8 });
 * Array.from(value.dataSync()); // => [0]
 * ```
 * @see Berthet and others 2020, arXiv:2002.08676, proposition 3.1; for any function of the solution: Dalle and others 2022,
 * arXiv:2207.13513, section 3.
 */
export function perturbedScoreFunction(
  solver: Structure,
  options: PerturbedScoreFunctionOptions = {},
): Estimator {
  const { baseline = 'leave-one-out' } = options;
  checkBaseline('perturbed-score-function', baseline);
  return new PerturbedScoreFunction(
    solverOf('perturbed-score-function', solver),
    options,
    baseline === 'leave-one-out',
  );
}

class PerturbedScoreFunction implements Estimator {
  readonly name = 'perturbed-score-function';
  readonly #solver: Solver;
  readonly #perturbed: PerturbedSolver;
  readonly #baseline: boolean;

  constructor(solver: Solver, options: PerturbationOptions, baseline: boolean) {
    this.#solver = solver;
    this.#perturbed = new PerturbedSolver(this.name, solver, options);
    this.#baseline = baseline;
  }

  /** Nothing adapts. */
  get state(): JsonValue {
    return null;
  }

  set state(_saved: JsonValue) {}

  mode(theta: tf.Tensor, context?: Context): tf.Tensor {
    return modeOf(this.name, this.#solver, theta, context);
  }

  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: ApplyOptions): Expected {
    const { key, samples = 1, context } = options;
    const layout = layoutOf(this.name, this.#solver, theta.shape, samples);
    const info = stepInfo(1, samples);
    const epsilon = this.#perturbed.draw(key, layout);
    const host = (theta.dataSync() as Float32Array).slice();
    refuseTheta(this.name, host, layout.size);
    const z = tf.tensor(this.#perturbed.solve(host, epsilon, layout, context), layout.shape);
    const drawn = lossesOfStates(this.name, z, layout, loss);
    if (this.#baseline) leaveOneOut(drawn.figures, drawn.layout, samples);
    const pull = (coefficients: Float64Array): Float32Array =>
      this.#perturbed.pull(host, epsilon, coefficients, layout);
    return { value: throughScore(theta, drawn, layout, drawn.figures, info, pull), info };
  }
}
