import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkInteger, checkSense } from '../validation.js';
import { bipartite } from './bipartite.js';

/**
 * Settings of {@link assignment}.
 *
 * @example
 * ```ts
 * import { assignment, type AssignmentOptions } from '@aimle/solvers';
 *
 * const options: AssignmentOptions = { left: 3, right: 5 };
 * assignment(options).size // => 15
 * ```
 */
export interface AssignmentOptions {
  /** Number of vertices on the left, in [1, 10000]: the rows of theta. */
  readonly left: number;
  /** Number of vertices on the right, in [1, 10000]: the columns of theta. */
  readonly right: number;
  /** Whether to maximise the total weight of the pairs (`'maximise'`, the default) or to minimise it (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * Builds the assignment solver: it pairs the vertices of two sides so that the total weight is best.
 *
 * z(theta) = argmax of <theta, z> over the 0/1 matrices in which each vertex of the smaller side has exactly one
 * partner, and each vertex of the other side at most one. Use it to match detections with objects, workers with jobs,
 * or the nodes of two graphs. Where both sides have the same size, {@link permutation} is the same solver.
 *
 * theta has one weight per pair, left x right, row by row: pair (i, j) is at i * right + j. Ties resolve to the
 * lexicographically greatest z: vertex 0 on the left gets the lowest partner that any best assignment gives it, and so
 * on. The optimum and the ties are exact where sums of weights are exact in double precision (as for weights within a
 * factor of 2^20 of each other), and otherwise exact up to rounding. A pair with a forbidding infinity is never used.
 *
 * Cost: O(min(left, right)^2 max(left, right)) per instance, by shortest augmenting paths with prices, without
 * allocation (Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment
 * problems", 1987). The solver holds 4 * left * right bytes.
 *
 * @param options - the two sides, and the sense.
 * @returns a solver with `kappa` = the smaller of left and right.
 * @throws RangeError when left, right or sense is out of range; from `solve`, as {@link Solver} says.
 *
 * @example
 * ```ts
 * import { assignment } from '@aimle/solvers';
 *
 * const z = new Float32Array(6);
 * assignment({ left: 2, right: 3 }).solve(Float32Array.of(1, 5, 4, 2, 6, 0), z, 1);
 * Array.from(z) // => [0, 0, 1, 0, 1, 0]
 * ```
 */
export function assignment(options: AssignmentOptions): Solver {
  const {
    left,
    right,
    sense = 'maximise',
  } = checkOptions('assignment', options, { left: true, right: true, sense: true });
  const name = 'assignment';
  checkInteger(name, 'left', left, 1, 10_000);
  checkInteger(name, 'right', right, 1, 10_000);
  checkSense(name, sense);
  return described(bipartite(name, left, right, sense, ['left vertex', 'right vertex']), {
    left,
    right,
    sense,
  });
}
