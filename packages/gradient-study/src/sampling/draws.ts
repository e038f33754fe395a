import type { Key, Noise } from '@aimle/random';
import type { Problem } from '../problem.js';

/** Samples of a problem, row after row, with the direction g that they are perturbed along. */
export interface Draws {
  readonly rows: number;
  /** theta + epsilon. */
  readonly scores: Float32Array;
  /** MAP(theta + epsilon). */
  readonly z: Float32Array;
  /** dL/dz at z, or what a rule makes of it. */
  readonly g: Float32Array;
}

/** Draws `rows` states by perturb-and-MAP, as the forward pass of a layer does. */
export function drawStates(problem: Problem, noise: Noise, key: Key, rows: number): Draws {
  const { structure, theta, loss, temperature } = problem;
  const n = structure.size;
  const epsilon = new Float32Array(rows * n);
  const scores = new Float32Array(rows * n);
  const z = new Float32Array(rows * n);
  const g = new Float32Array(rows * n);
  noise.fill(key, epsilon);
  for (let at = 0; at < epsilon.length; at++) {
    epsilon[at]! *= temperature;
    scores[at] = theta[at % n]! + epsilon[at]!;
  }
  structure.distribution.solve(scores, z, rows);
  for (let row = 0; row < rows; row++) loss.gradient(z, row * n, g);
  return { rows, scores, z, g };
}

/** Returns a group of `rows` rows, without copying them. */
export function groupOf({ scores, z, g, rows: all }: Draws, group: number, rows: number): Draws {
  const size = (z.length / all) * rows;
  const part = (values: Float32Array) => values.subarray(group * size, (group + 1) * size);
  return { rows, scores: part(scores), z: part(z), g: part(g) };
}
