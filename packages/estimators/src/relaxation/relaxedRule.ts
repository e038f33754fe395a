import { foldIn, type Noise } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import { noiseOfRows, Scratch, solveAt } from '../difference/perturbAndMap.js';
import { instanceOfRow } from '../layer/layout.js';
import type { Rule } from '../layer/rule.js';
import { requireSolver, signOf } from '../layer/structure.js';

/** A smooth replacement of the solver, for one row at a time, in double precision. */
export interface Relaxation {
  /** The number of independent perturbations of theta that make a state. */
  readonly draws: number;
  /** Maps the perturbed scores w (draws * n, finite) to a state z [n]. */
  relax(w: Float64Array, z: Float64Array): void;
  /** Writes the vector-Jacobian product at w: takes v [n], writes d<v, z>/dw summed over the draws [n]. */
  vjp(w: Float64Array, v: Float64Array, out: Float64Array): void;
}

/** Replaces an infinite score: larger than any finite one, but finite, so that arithmetic works. */
const MASKED = 1e100;

/**
 * Builds the rule whose states are relaxed, so that their gradient is exact: z = relaxation(theta + epsilon), with
 * -theta where the solver minimises. In the hard form the state is the solver's, MAP(theta + epsilon), and only the
 * gradient is relaxed.
 */
export function relaxedRule(
  name: string,
  solver: Solver,
  { draws, relax, vjp }: Relaxation,
  noise: Noise,
  hard: boolean,
): Omit<Rule, 'options'> {
  const { size } = solver;
  const sign = signOf(solver);
  const scratch = new Scratch();
  const w = new Float64Array(draws * size);
  const v = new Float64Array(size);
  const row = new Float64Array(size);

  /** Leaves in `w` the perturbed scores of a row. */
  function perturb(theta: Float32Array, from: number, epsilon: Float32Array, noiseFrom: number): void {
    for (let i = 0; i < w.length; i++) {
      const score = sign * theta[from + (i % size)]! + epsilon[noiseFrom + i]!;
      w[i] = Math.min(Math.max(score, -MASKED), MASKED);
    }
  }

  return {
    name,
    solver,
    forward(theta, layout, { key, context }) {
      const epsilon = noiseOfRows(noise, foldIn(key, 'epsilon'), layout, draws * size);
      const instance = instanceOfRow(layout);
      const z = new Float32Array(layout.rows * size);
      if (hard) {
        const point = { theta, weight: 1, gradient: null, step: null, epsilon, temperature: sign };
        solveAt(solver, point, layout, scratch, z, context);
      }
      for (let r = 0; r < layout.rows && !hard; r++) {
        perturb(theta, instance[r]! * size, epsilon, r * w.length);
        relax(w, row);
        z.set(row, r * size);
      }
      return {
        z,
        solverCalls: hard ? 1 : 0,
        vjp(upstream) {
          const gradient = new Float32Array(layout.instances * size);
          for (let r = 0; r < layout.rows; r++) {
            const from = instance[r]! * size;
            v.set(upstream.subarray(r * size, (r + 1) * size));
            perturb(theta, from, epsilon, r * w.length);
            vjp(w, v, row);
            for (let j = 0; j < size; j++) gradient[from + j]! += sign * row[j]!;
          }
          for (let i = 0; i < gradient.length; i++) if (!Number.isFinite(theta[i]!)) gradient[i] = 0;
          return { gradient };
        },
      };
    },
  };
}

/** The structures whose states are subsets of exactly k elements. */
const ofSubsets = new Set(['topK', 'categorical']);

/** Returns the k of a k-subset solver; throws for every other structure. */
export function subsetSize(name: string, solver: Solver): number {
  requireSolver(name, solver);
  if (!ofSubsets.has(solver.name)) {
    throw new RangeError(
      `${name}: needs a solver of k-subsets, topK({ size, k }) or categorical({ size }), got ${solver.name}. For other ` +
        'structures use stochasticSoftmax, if they have a distribution, or aimle.',
    );
  }
  return solver.kappa;
}

/** Throws when a relaxation's temperature is not a positive number. */
export function checkTemperature(name: string, temperature: number): void {
  if (!(temperature > 0 && Number.isFinite(temperature))) {
    throw new RangeError(`${name}: temperature must be a positive finite number, got ${temperature}`);
  }
}
