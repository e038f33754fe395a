import type { Solver } from '@aimle/solvers';
import { checkOptions } from '@aimle/solvers';
import type { Layer } from '../layer/estimator.js';
import { layerOf } from '../layer/layer.js';
import { type Layout, multiplied } from '../layer/layout.js';
import { requireSolver } from '../layer/structure.js';
import { checkBaseline, leaveOneOut, type NoiseBaseline } from './baseline.js';
import { type PerturbationOptions, PerturbedSolver } from './perturbedSolver.js';

/** Settings of {@link perturbedOptimiser}. */
export interface PerturbedOptimiserOptions extends PerturbationOptions {
  /** M, the number of perturbed solutions that a state averages; default 10. */
  readonly draws?: number;
  /**
   * What is subtracted from a solution before its noise weighs it, without any bias: the mean of the state's other
   * solutions (default), or nothing, as published.
   */
  readonly baseline?: NoiseBaseline;
}

/**
 * Builds a perturbed optimiser: the mean solution under noise as one relaxed state, smooth in theta.
 *
 *   z_s = (1/M) sum_m y_m,  y_m = MAP(theta + sigma epsilon_m)              (for a minimising solver theta - sigma epsilon_m)
 *   dz_s/dtheta = (1/M) sum_m (y_m - b_m) score(epsilon_m)^T / sigma,        score = -d log rho / d epsilon (negated when minimising)
 *   multiplicative: y_m = MAP(theta exp(sigma epsilon_m - sigma^2 / 2)), with score(epsilon_m)^T / (sigma theta)
 *
 * **When to use**: where the loss is defined for an average of states, such as a squared distance to a labelled
 * state. If it needs discrete states, use `perturbedScoreFunction` with the same noise, or `aimle`, which has less
 * variance. With a label to learn from, `fenchelYoung` needs no Jacobian. **Bias**: none for the Jacobian of E[MAP];
 * a loss that is not linear is evaluated at a mean of M. The variance grows as n / (M sigma^2). **Shapes**: theta [B,
 * ..., n] gives z [B, ..., n], with `samples: S` [B, S, ..., n]: S independent means. **Cost**: 1 batched solve of B
 * S M rows, none backward. A masked element has no gradient.
 *
 * @throws RangeError when an option is out of range, or the log-density of the noise has no known derivative
 * (Sum-of-Gamma).
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
 * const z = smooth.sample(tf.tensor2d([[9, 0, -9, 8]]), { key: key(1) });
 * Array.from(z.dataSync()); // => [1, 0, 0, 1]
 * ```
 * @see Berthet, Blondel, Teboul, Cuturi, Vert, Bach 2020, arXiv:2002.08676, propositions 3.1 and 2.2; multiplicative: Dalle,
 * Baty, Bouvier, Parmentier 2022, arXiv:2207.13513, section 3.2.
 */
export function perturbedOptimiser(solver: Solver, options: PerturbedOptimiserOptions = {}): Layer {
  checkOptions('perturbedOptimiser', options, {
    noise: true,
    sigma: true,
    form: true,
    draws: true,
    baseline: true,
  });
  const name = 'perturbed-optimiser';
  const { draws = 10, baseline = 'leave-one-out' } = options;
  if (!Number.isInteger(draws) || draws < 1) {
    throw new RangeError(`${name}: draws must be a positive integer, got ${draws}`);
  }
  checkBaseline(name, baseline);
  requireSolver(name, solver);
  const perturbed = new PerturbedSolver(name, solver, options);
  return layerOf({
    name,
    solver,
    options,
    forward(theta, states, { key, context }) {
      const solutions = multiplied(states, draws);
      const { z: y, epsilon } = perturbed.solve(theta, key, solutions, context);
      return {
        z: meansOf(y, states, draws),
        solverCalls: 1,
        vjp(gradient) {
          const along = productsWith(gradient, y, states, draws);
          if (baseline === 'leave-one-out') leaveOneOut(along, solutions, draws);
          return { gradient: perturbed.vjp(theta, epsilon(), along, solutions) };
        },
      };
    },
  });
}

/** Averages each state's `draws` solutions. */
function meansOf(y: Float32Array, states: Layout, draws: number): Float32Array {
  const block = states.events * states.size;
  const means = new Float32Array(states.rows * states.size);
  for (let at = 0; at < y.length; at++) means[blockOf(at, block, draws)]! += y[at]!;
  return means.map((sum) => sum / draws);
}

/** Computes <gradient, y> / draws for every solution y, with the gradient of its state. */
function productsWith(gradient: Float32Array, y: Float32Array, states: Layout, draws: number): Float64Array {
  const { size } = states;
  const block = states.events * size;
  const products = new Float64Array(y.length / size);
  for (let at = 0; at < y.length; at++) {
    products[Math.floor(at / size)]! += (gradient[blockOf(at, block, draws)]! * y[at]!) / draws;
  }
  return products;
}

/** The index in the states of the mean that element `at` of the solutions belongs to. */
function blockOf(at: number, block: number, draws: number): number {
  return Math.floor(at / (block * draws)) * block + (at % block);
}
