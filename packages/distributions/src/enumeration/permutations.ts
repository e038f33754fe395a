import { permutation } from '@aimle/solvers';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { enumerated } from './enumerated.js';

/**
 * Settings of {@link permutations}.
 *
 * @example
 * ```ts
 * import { permutations, type PermutationsOptions } from '@aimle/distributions';
 *
 * const options: PermutationsOptions = { items: 4 };
 * permutations(options).size // => 16
 * ```
 */
export interface PermutationsOptions {
  /** Number of items, and of places for them, in [1, 8]. */
  readonly items: number;
}

/**
 * Permutations as matrices: p(z) is proportional to exp <theta, z> over the 0/1 matrices with exactly one 1 in each row
 * and each column. theta has one logit a pair, that of item i in place j at i * items + j, as in `permutation` of
 * `@aimle/solvers`, which finds the mode.
 *
 * By enumeration only, hence up to 8 items and 40,320 permutations: the partition function is the permanent of the
 * matrix exp(theta), and computing that is #P-hard (L. G. Valiant, "The complexity of computing the permanent",
 * Theoretical Computer Science 1979), even though the mode takes cubic time. For more items perturb theta and solve.
 *
 * Cost: O(items! * items) an instance; 3 ms at 8 items.
 *
 * @param options - the number of items.
 * @returns the distribution, with `kappa` = items.
 * @throws RangeError when items is out of range.
 *
 * @example
 * ```ts
 * import { permutations } from '@aimle/distributions';
 *
 * // To leave both in place weighs 3, to swap them 1.
 * const theta = Float64Array.of(Math.log(3), 0, 0, 0);
 * const { marginals } = permutations({ items: 2 });
 * Array.from(marginals(theta), (mu) => mu.toFixed(2)) // => ['0.75', '0.25', '0.25', '0.75']
 * ```
 */
export function permutations({ items }: PermutationsOptions): RankedDistribution {
  const name = 'permutations';
  checkInteger(name, 'items', items, 1, 8);
  const size = items * items;
  return enumerated({ name, size, states: matrices(items), solver: permutation({ items }) });
}

function matrices(items: number): Uint8Array[] {
  if (items === 0) return [new Uint8Array(0)];
  const smaller = matrices(items - 1);
  // The first item takes a place, the others those that are left, in their order.
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
