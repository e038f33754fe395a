import { foldIn, type Key, type Noise } from '@aimle/random';
import type { Problem } from '../problem.js';

/** A sampled gradient and its standard error. */
export interface SampledGradient {
  readonly gradient: Float64Array;
  /** Standard error of each coordinate. */
  readonly error: Float64Array;
}

/** A noise, and the density of one of its coordinates at temperature 1. */
export interface DensityNoise {
  readonly noise: Noise;
  readonly density: (x: number) => number;
}

/** Larger than every score: it forces a coordinate into the state, or out of it, if any state allows. */
const FORCE = 1e4;

/**
 * Samples the gradient of E L(MAP(theta + temperature * noise)), for any loss, structure and noise with a density,
 * without bias and with little variance: the expectation over the noise of coordinate j is exact.
 *
 * Given the noise of all others, the state is z0 (without j) while theta_j + noise_j is below a threshold t, and z1 (with
 * j) above, so that
 *
 *   dE/dtheta_j = E[ density(t - theta_j) (L(z1) - L(z0)) ],
 *   t = <theta + noise, z0> - <theta + noise, z1 without j>.
 *
 * One of z0 and z1 is the sample itself, so each coordinate takes one more solve. Use it as a truth to compare with,
 * not for training.
 *
 * **Cost**: n + 1 solves per sample.
 *
 * @example
 * ```ts
 * import { conditionalGradient, gumbelDensity, kSubset, paperProblem } from '@aimle/gradient-study';
 * import { gumbel, key } from '@aimle/random';
 *
 * const noise = { noise: gumbel(), density: gumbelDensity };
 * const { gradient, error } = conditionalGradient(paperProblem(kSubset(5, 2), 0), noise, key(1), 1000);
 * Math.abs(gradient[0]! + 0.375) < 4 * error[0]!; // => true
 * ```
 */
export function conditionalGradient(
  { structure: { distribution: solver }, theta, loss, temperature }: Problem,
  { noise, density }: DensityNoise,
  key: Key,
  samples: number,
): SampledGradient {
  const n = solver.size;
  const epsilon = new Float32Array(n);
  const scores = new Float32Array(n);
  const z = new Float32Array(n);
  const forced = new Float32Array(n * n);
  const flipped = new Float32Array(n * n);
  const sum = new Float64Array(n);
  const squares = new Float64Array(n);
  for (let s = 0; s < samples; s++) {
    noise.fill(foldIn(key, s), epsilon);
    for (let i = 0; i < n; i++) scores[i] = theta[i]! + temperature * epsilon[i]!;
    solver.solve(scores, z, 1);
    for (let j = 0; j < n; j++) {
      forced.set(scores, j * n);
      forced[j * n + j] = z[j] === 1 ? -FORCE : FORCE;
    }
    solver.solve(forced, flipped, n);
    const here = loss.value(z, 0);
    for (let j = 0; j < n; j++) {
      const row = j * n;
      if (flipped[row + j] === z[j]) continue;
      let margin = 0;
      for (let i = 0; i < n; i++) if (i !== j) margin += scores[i]! * (flipped[row + i]! - z[i]!);
      const included = z[j] === 1;
      const threshold = included ? margin : -margin;
      const gain = included ? here - loss.value(flipped, row) : loss.value(flipped, row) - here;
      const value = (density((threshold - theta[j]!) / temperature) / temperature) * gain;
      sum[j]! += value;
      squares[j]! += value * value;
    }
  }
  const gradient = sum.map((value) => value / samples);
  const error = squares.map((value, j) =>
    Math.sqrt(Math.max(0, value / samples - gradient[j]! ** 2) / samples),
  );
  return { gradient, error };
}

/**
 * Computes the density of the standard Gumbel distribution, exp(-x - exp(-x)).
 *
 * @example
 * ```ts
 * import { gumbelDensity } from '@aimle/gradient-study';
 *
 * gumbelDensity(0); // => ~0.367879
 * ```
 */
export function gumbelDensity(x: number): number {
  return Math.exp(-x - Math.exp(-x));
}
