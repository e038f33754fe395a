import { type Key, type Noise, normal } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import { drawNoise } from '../difference/perturbAndMap.js';
import { PerturbedPasses } from '../difference/perturbedPasses.js';
import { instanceOfRow, type Layout } from '../layer/layout.js';
import { RowContext, repeatRows } from '../layer/rows.js';
import { signOf } from '../layer/structure.js';
import { type ScoredNoise, scoreOf } from './noiseScore.js';

/** The perturbation of estimators that differentiate through the density of the noise. */
export interface PerturbationOptions {
  /** Default `normal()`. `gumbel()`, `logistic()` and any noise with a `score` work as well. */
  readonly noise?: Noise | ScoredNoise;
  /** The width of the perturbation; default 1. In units of theta (additive), or relative to theta (multiplicative). */
  readonly sigma?: number;
  /**
   * `additive` (default): theta + sigma epsilon. `multiplicative`: theta exp(sigma epsilon - sigma^2 / 2), which
   * keeps the signs and, on average, theta; for costs that must stay positive. It needs normal noise, and no theta
   * may be 0.
   */
  readonly form?: 'additive' | 'multiplicative';
}

/** Solutions, and the noise of each. */
export interface PerturbedSolutions {
  readonly z: Float32Array;
  epsilon(): Float32Array;
}

/** Solves under noise, and computes the vector-Jacobian product through the density of the noise. */
export class PerturbedSolver {
  readonly #name: string;
  readonly #solver: Solver;
  readonly #noise: Noise;
  readonly #sigma: number;
  readonly #multiplicative: boolean;
  readonly #score: (epsilon: number) => number;
  readonly #passes: PerturbedPasses;
  readonly #context = new RowContext();

  constructor(name: string, solver: Solver, options: PerturbationOptions) {
    const { noise = normal(), sigma = 1, form = 'additive' } = options;
    if (!(sigma > 0 && Number.isFinite(sigma))) {
      throw new RangeError(`${name}: sigma must be a positive finite number, got ${sigma}`);
    }
    if (form !== 'additive' && form !== 'multiplicative') {
      throw new RangeError(`${name}: form must be additive or multiplicative, got ${JSON.stringify(form)}`);
    }
    if (form === 'multiplicative' && noise.name !== 'normal') {
      throw new RangeError(
        `${name}: noise must be normal for the multiplicative form, exp(sigma epsilon - sigma^2 / 2), got "${noise.name}". ` +
          'Use normal(), or the additive form.',
      );
    }
    this.#name = name;
    this.#solver = solver;
    this.#noise = noise;
    this.#sigma = sigma;
    this.#multiplicative = form === 'multiplicative';
    this.#score = scoreOf(name, noise);
    this.#passes = PerturbedPasses.ofSolutions(solver, noise, { forward: sigma, backward: sigma });
  }

  /** Solves every perturbed row. */
  solve(theta: Float32Array, key: Key, layout: Layout, context?: Context): PerturbedSolutions {
    if (this.#multiplicative) return this.#solveMultiplied(theta, key, layout, context);
    const pass = this.#passes.start({ layout, theta, key, context });
    return { z: pass.z, epsilon: () => pass.epsilon() ?? new Float32Array(pass.z.length) };
  }

  #solveMultiplied(
    theta: Float32Array,
    key: Key,
    layout: Layout,
    context: Context | undefined,
  ): PerturbedSolutions {
    const sigma = this.#sigma;
    this.#refuseZero(theta);
    const epsilon = drawNoise(this.#noise, key, layout)!;
    const perturbed = new Float32Array(layout.rows * layout.size);
    repeatRows(theta, layout, perturbed);
    for (let i = 0; i < perturbed.length; i++) {
      perturbed[i]! *= Math.exp(sigma * epsilon[i]! - (sigma * sigma) / 2);
    }
    const z = new Float32Array(perturbed.length);
    const ofRows = this.#context.of(this.#solver.name, context, layout);
    this.#solver.solve(perturbed, z, layout.rows, ofRows);
    return { z, epsilon: () => epsilon };
  }

  /** Sums over rows the coefficient times d log p(perturbed theta) / d theta; 0 for masked elements. */
  vjp(theta: Float32Array, epsilon: Float32Array, coefficients: Float64Array, layout: Layout): Float32Array {
    const { size } = layout;
    const sign = signOf(this.#solver);
    const total = new Float32Array(theta.length);
    const instance = instanceOfRow(layout);
    for (let row = 0; row < layout.rows; row++) {
      const coefficient = coefficients[row]!;
      if (coefficient === 0) continue;
      for (let j = 0; j < size; j++) {
        const at = instance[row]! * size + j;
        if (!Number.isFinite(theta[at]!)) continue;
        const width = this.#multiplicative ? this.#sigma * theta[at]! : sign * this.#sigma;
        total[at]! += (coefficient * this.#score(epsilon[row * size + j]!)) / width;
      }
    }
    return total;
  }

  #refuseZero(theta: Float32Array): void {
    const at = theta.indexOf(0);
    if (at < 0) return;
    const { size } = this.#solver;
    throw new RangeError(
      `${this.#name}: theta must not be 0 in the multiplicative form, got 0 in row ${Math.floor(at / size)}, ` +
        `element ${at % size}. Use the additive form.`,
    );
  }
}
