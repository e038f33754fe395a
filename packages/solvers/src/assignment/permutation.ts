import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkInteger, checkSense } from '../validation.js';
import { bipartite } from './bipartite.js';

/**
 * Settings of {@link permutation}.
 *
 * @example
 * ```ts
 * import { permutation, type PermutationOptions } from '@aimle/solvers';
 *
 * const options: PermutationOptions = { items: 4 };
 * permutation(options).size // => 16
 * ```
 */
export interface PermutationOptions {
  /** Number of items, and of places for them, in [1, 10000]. */
  readonly items: number;
  /** Whether to maximise the total weight (`'maximise'`, the default) or to minimise it (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * Builds the permutation solver: it assigns each item to its own place, as a permutation matrix.
 *
 * z(theta) = argmax of <theta, z> over the 0/1 matrices with exactly one 1 in each row and each column, the vertices of
 * the Birkhoff polytope. Use it to learn orders, sortings and alignments where each pair of item and place has a score;
 * where each item has just one score, {@link ranking} is much faster. It is {@link assignment} with equal sides.
 *
 * theta has one weight per pair, row by row: item i in place j is at i * items + j. Ties resolve to the
 * lexicographically greatest z: item 0 gets the lowest place that any best permutation gives it, and so on. It is as
 * exact as {@link assignment}. A pair with a forbidding infinity is never used.
 *
 * Cost: O(items^3) per instance, by shortest augmenting paths with prices, without allocation (Jonker and Volgenant, "A
 * shortest augmenting path algorithm for dense and sparse linear assignment problems", 1987).
 *
 * @param options - the number of items, and the sense.
 * @returns a solver with `kappa` = items.
 * @throws RangeError when items or sense is out of range; from `solve`, as {@link Solver} says.
 *
 * @example
 * ```ts
 * import { permutation } from '@aimle/solvers';
 *
 * const z = new Float32Array(9);
 * permutation({ items: 3 }).solve(Float32Array.of(1, 9, 2, 8, 9, 3, 0, 1, 2), z, 1);
 * Array.from(z) // => [0, 1, 0, 1, 0, 0, 0, 0, 1]
 * ```
 */
export function permutation(options: PermutationOptions): Solver {
  const { items, sense = 'maximise' } = checkOptions('permutation', options, { items: true, sense: true });
  const name = 'permutation';
  checkInteger(name, 'items', items, 1, 10_000);
  checkSense(name, sense);
  return described(bipartite(name, items, items, sense, ['item', 'place']), { items, sense });
}
