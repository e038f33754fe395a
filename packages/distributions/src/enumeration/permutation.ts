import { checkOptions, type PermutationOptions, permutation as permutationSolver } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { listedInference, listOf } from './listedInference.js';

/**
 * Builds the distribution of permutations, as matrices: p(z) is proportional to exp <theta, z> over the 0/1 matrices
 * with exactly one 1 in each row and each column.
 *
 * theta has one logit per pair, that of item i in place j at i * items + j, as for the solver. It enumerates, so it
 * takes up to 8 items and 40,320 permutations: the partition function is the permanent of the matrix exp(theta), which
 * is #P-hard to compute (L. G. Valiant, "The complexity of computing the permanent", Theoretical Computer Science
 * 1979), even though the best permutation takes cubic time. For more items use the solver.
 *
 * Cost: O(items! * items) per instance; 3 ms at 8 items.
 *
 * @param options - the number of items, and the sense.
 * @returns the distribution, with `kappa` = items.
 * @throws RangeError when items or sense is out of range.
 *
 * @example
 * ```ts
 * import { permutation } from '@aimle/distributions';
 *
 * // Leaving both in place has weight 3, swapping them weight 1.
 * const theta = Float64Array.of(Math.log(3), 0, 0, 0);
 * const { marginals } = permutation({ items: 2 });
 * Array.from(marginals(theta), (mu) => mu.toFixed(2)) // => ['0.75', '0.25', '0.25', '0.75']
 * ```
 */
export function permutation(options: PermutationOptions): RankedDistribution {
  checkOptions('permutation', options, { items: true, sense: true });
  const { items } = options;
  checkInteger('permutation', 'items', items, 1, 8);
  const solver = permutationSolver(options);
  return assemble(listedInference(solver, listOf(matrices(items))));
}

function matrices(items: number): Uint8Array[] {
  if (items === 0) return [new Uint8Array(0)];
  const smaller = matrices(items - 1);
  // The first item takes a place, and the others take the remaining places, in order.
  return Array.from({ length: items }, (_, place) =>
    smaller.map((rest) => {
      const matrix = new Uint8Array(items * items);
      matrix[place] = 1;
      rest.forEach((one, at) => {
        const [item, column] = [Math.floor(at / (items - 1)), at % (items - 1)];
        matrix[(item + 1) * items + column + +(column >= place)] = one;
      });
      return matrix;
    }),
  ).flat();
}
