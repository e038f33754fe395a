import { hostFunction } from '@aimle/engine';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import type { Applied, ApplyOptions, Expected, JsonValue, Layer } from '../estimator.js';
import { type Layout, layoutOf, refuseGradient, refuseTheta } from '../layout.js';
import { meanLoss } from '../meanLoss.js';
import { modeOf } from '../mode.js';
import { stepInfo, zeroShare } from '../stepInfo.js';
import { type Structure, solverOf } from '../structure.js';
import { checkBaseline, leaveOneOut, type NoiseBaseline } from './baseline.js';
import { type PerturbationOptions, PerturbedSolver } from './perturbedSolver.js';

/** Settings of {@link perturbedOptimiser}. */
export interface PerturbedOptimiserOptions extends PerturbationOptions {
  /** M: how many perturbed solutions a state is the mean of; default 10. */
  readonly draws?: number;
  /**
   * What is subtracted from a solution before it is weighed by its noise, without any bias: the mean of the state's other
   * solutions (the default), or nothing, as published.
   */
  readonly baseline?: NoiseBaseline;
}

/**
 * A perturbed optimiser: the mean solution under noise as one relaxed state, smooth in theta.
 *
 *   z_s = (1/M) sum_m y_m,  y_m = MAP(theta + sigma epsilon_m)              (for a minimising solver theta - sigma epsilon_m)
 *   dz_s/dtheta = (1/M) sum_m (y_m - b_m) score(epsilon_m)^T / sigma,        score = -d log rho / d epsilon
 *   multiplicative: y_m = MAP(theta exp(sigma epsilon_m - sigma^2 / 2)), with score(epsilon_m)^T / (sigma theta)
 *
 * **When to use**: where the loss makes sense of an average of states, such as a squared distance to a labelled one. Where
 * it needs true states there is `perturbedScoreFunction` for the same noise, and `aimle` with less variance. With a label
 * to learn from, `fenchelYoung` needs no Jacobian at all. **Bias**: none for the Jacobian of E[MAP]; of a loss that is not
 * linear, that of evaluating it at a mean of M. The variance grows as n / (M sigma^2). **Shapes**: theta [B, ..., n] gives
 * z [B, S, ..., n]: S independent means. **Cost**: 1 batched solve of B S M rows, none backward. A masked element
 * has no gradient.
 *
 * @throws RangeError when an option is out of its range, or the density of the noise has no known slope (Sum-of-Gamma).
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { perturbedOptimiser } from '@aimle/estimators';
 * import { key } from '@aimle/random';
 * import { topK } from '@aimle/solvers';
 * import * as tf from '@tensorflow/tfjs';
 *
 * await useEngine('auto', { report: () => {} });
 * const smooth = perturbedOptimiser(topK({ size: 4, k: 2 }), { sigma: 0.5, draws: 100 });
 * const { z } = smooth.apply(tf.tensor2d([[9, 0, -9, 8]]), { key: key(1) });
 * Array.from(z.dataSync()); // => [1, 0, 0, 1]
 * ```
 * @see Berthet, Blondel, Teboul, Cuturi, Vert, Bach 2020, arXiv:2002.08676, propositions 3.1 and 2.2; multiplicative: Dalle,
 * Baty, Bouvier, Parmentier 2022, arXiv:2207.13513, section 3.2.
 */
export function perturbedOptimiser(solver: Structure, options: PerturbedOptimiserOptions = {}): Layer {
  const { draws = 10, baseline = 'leave-one-out' } = options;
  if (!Number.isInteger(draws) || draws < 1) {
    throw new RangeError(`perturbed-optimiser: draws must be a positive integer, got ${draws}`);
  }
  checkBaseline('perturbed-optimiser', baseline);
  return new PerturbedOptimiser(
    solverOf('perturbed-optimiser', solver),
    options,
    draws,
    baseline === 'leave-one-out',
  );
}

class PerturbedOptimiser implements Layer {
  readonly name = 'perturbed-optimiser';
  readonly solver: Solver;
  readonly #perturbed: PerturbedSolver;
  readonly #draws: number;
  readonly #baseline: boolean;

  constructor(solver: Solver, options: PerturbationOptions, draws: number, baseline: boolean) {
    this.solver = solver;
    this.#perturbed = new PerturbedSolver(this.name, solver, options);
    this.#draws = draws;
    this.#baseline = baseline;
  }

  /** Nothing adapts. */
  get state(): JsonValue {
    return null;
  }

  set state(_saved: JsonValue) {}

  mode(theta: tf.Tensor, context?: Context): tf.Tensor {
    return modeOf(this.name, this.solver, theta, context);
  }

  expectation(theta: tf.Tensor, loss: (z: tf.Tensor) => tf.Tensor, options: ApplyOptions): Expected {
    return meanLoss(this.name, this.apply(theta, options), loss);
  }

  apply(theta: tf.Tensor, { key, samples = 1, context }: ApplyOptions): Applied {
    const states = layoutOf(this.name, this.solver, theta.shape, samples);
    const solutions = layoutOf(this.name, this.solver, theta.shape, samples, this.#draws);
    const info = stepInfo(1, samples);
    const epsilon = this.#perturbed.draw(key, solutions);
    let host: Float32Array;
    let y: Float32Array;
    const z = hostFunction(theta, {
      forward: (values) => {
        refuseTheta(this.name, values, states.size);
        host = values;
        y = this.#perturbed.solve(host, epsilon, solutions, context);
        return { values: meansOf(y, states, this.#draws), shape: states.shape };
      },
      backward: (gradient) => {
        refuseGradient(this.name, gradient, states.size);
        const along = productsWith(gradient, y, states, this.#draws);
        if (this.#baseline) leaveOneOut(along, solutions, this.#draws);
        const total = this.#perturbed.pull(host, epsilon, along, solutions);
        info.sparsity = zeroShare(total);
        return total;
      },
    });
    return { z, info };
  }
}

/** The mean over each state's `draws` solutions. */
function meansOf(y: Float32Array, states: Layout, draws: number): Float32Array {
  const block = states.events * states.size;
  const means = new Float32Array(states.rows * states.size);
  for (let at = 0; at < y.length; at++) means[blockOf(at, block, draws)]! += y[at]!;
  return means.map((sum) => sum / draws);
}

/** <gradient, y> / draws for every solution y, with the gradient of the state that it is part of. */
function productsWith(gradient: Float32Array, y: Float32Array, states: Layout, draws: number): Float64Array {
  const { size } = states;
  const block = states.events * size;
  const products = new Float64Array(y.length / size);
  for (let at = 0; at < y.length; at++) {
    products[Math.floor(at / size)]! += (gradient[blockOf(at, block, draws)]! * y[at]!) / draws;
  }
  return products;
}

/** Where, in the states, the element lies that element `at` of the solutions is averaged into. */
function blockOf(at: number, block: number, draws: number): number {
  return Math.floor(at / (block * draws)) * block + (at % block);
}
