import { hostFunction } from '@aimle/engine';
import { foldIn, type Noise } from '@aimle/random';
import type { Context, Solver } from '@aimle/solvers';
import type * as tf from '@tensorflow/tfjs';
import type { Applied, ApplyOptions, Expected, JsonValue, Layer, StepInfo } from '../estimator.js';
import { instanceOfRow, type Layout, layoutOf, refuseGradient, refuseTheta } from '../layout.js';
import { meanLoss } from '../meanLoss.js';
import { modeOf } from '../mode.js';
import { Scratch, signOf, solveAt } from '../perturbAndMap.js';
import { stepInfo, zeroShare } from '../stepInfo.js';

/** A smooth stand-in for the solver, one row at a time, in double precision. */
export interface Relaxation {
  /** How many independent perturbations of theta a state is made of. */
  readonly draws: number;
  /** Maps the perturbed scores w (draws * n, finite) to a state z [n]. */
  relax(w: Float64Array, z: Float64Array): void;
  /** Writes the vector-Jacobian product at w: v [n] in, d<v, z>/dw summed over the draws [n] out. */
  pull(w: Float64Array, v: Float64Array, out: Float64Array): void;
}

/** What stands for an infinite score: far beyond any finite one, yet with arithmetic of its own. */
const MASKED = 1e100;

/**
 * A layer whose states are relaxed, so that their gradient is exact: z = relaxation(theta + epsilon), with -theta where
 * the solver minimises. In its hard form the state is the solver's, MAP(theta + epsilon), and only the gradient relaxed.
 */
export class RelaxedLayer implements Layer {
  readonly name: string;
  readonly solver: Solver;
  readonly #relaxation: Relaxation;
  readonly #noise: Noise;
  readonly #hard: boolean;
  readonly #scratch = new Scratch();

  constructor(name: string, solver: Solver, relaxation: Relaxation, noise: Noise, hard: boolean) {
    this.name = name;
    this.solver = solver;
    this.#relaxation = relaxation;
    this.#noise = noise;
    this.#hard = hard;
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
    const layout = layoutOf(this.name, this.solver, theta.shape, samples);
    const info = stepInfo(this.#hard ? 1 : 0, samples);
    const epsilon = new Float32Array(layout.rows * this.#relaxation.draws * layout.size);
    this.#noise.fill(foldIn(key, 'epsilon'), epsilon);
    let host: Float32Array;
    const z = hostFunction(theta, {
      forward: (values) => {
        refuseTheta(this.name, values, layout.size);
        host = values;
        const states = this.#hard
          ? this.#solve(host, epsilon, layout, context)
          : this.#relax(host, epsilon, layout);
        return { values: states, shape: layout.shape };
      },
      backward: (gradient) => {
        refuseGradient(this.name, gradient, layout.size);
        return this.#pull(host, epsilon, gradient, layout, info);
      },
    });
    return { z, info };
  }

  #solve(theta: Float32Array, epsilon: Float32Array, layout: Layout, context?: Context): Float32Array {
    const z = new Float32Array(epsilon.length);
    const temperature = signOf(this.solver);
    const point = { theta, weight: 1, gradient: null, step: null, epsilon, temperature };
    solveAt(this.solver, point, layout, this.#scratch, z, context);
    return z;
  }

  #relax(theta: Float32Array, epsilon: Float32Array, layout: Layout): Float32Array {
    const { size } = layout;
    const w = new Float64Array(this.#relaxation.draws * size);
    const state = new Float64Array(size);
    const z = new Float32Array(layout.rows * size);
    const instance = instanceOfRow(layout);
    for (let row = 0; row < layout.rows; row++) {
      this.#perturb(theta, instance[row]! * size, epsilon, row * w.length, w);
      this.#relaxation.relax(w, state);
      z.set(state, row * size);
    }
    return z;
  }

  #pull(
    theta: Float32Array,
    epsilon: Float32Array,
    gradient: Float32Array,
    layout: Layout,
    info: StepInfo,
  ): Float32Array {
    const { size } = layout;
    const sign = signOf(this.solver);
    const w = new Float64Array(this.#relaxation.draws * size);
    const v = new Float64Array(size);
    const pulled = new Float64Array(size);
    const total = new Float32Array(layout.instances * size);
    const instance = instanceOfRow(layout);
    for (let row = 0; row < layout.rows; row++) {
      const from = instance[row]! * size;
      v.set(gradient.subarray(row * size, (row + 1) * size));
      this.#perturb(theta, from, epsilon, row * w.length, w);
      this.#relaxation.pull(w, v, pulled);
      for (let j = 0; j < size; j++) total[from + j]! += sign * pulled[j]!;
    }
    for (let i = 0; i < total.length; i++) if (!Number.isFinite(theta[i]!)) total[i] = 0;
    info.sparsity = zeroShare(total);
    return total;
  }

  #perturb(
    theta: Float32Array,
    from: number,
    epsilon: Float32Array,
    noiseFrom: number,
    w: Float64Array,
  ): void {
    const { size } = this.solver;
    const sign = signOf(this.solver);
    for (let i = 0; i < w.length; i++) {
      const score = sign * theta[from + (i % size)]! + epsilon[noiseFrom + i]!;
      w[i] = Math.min(Math.max(score, -MASKED), MASKED);
    }
  }
}
