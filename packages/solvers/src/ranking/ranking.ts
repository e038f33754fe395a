import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense, rejectNaN } from '../validation.js';
import { AscendingOrder } from './ascendingOrder.js';

/**
 * Settings of {@link ranking}.
 *
 * @example
 * ```ts
 * import { ranking, type RankingOptions } from '@aimle/solvers';
 *
 * const options: RankingOptions = { size: 5 };
 * ranking(options).kappa // => 10
 * ```
 */
export interface RankingOptions {
  /** Number of items to rank, in [1, 2^24]: larger ranks are not exact in 32-bit floats. */
  readonly size: number;
  /**
   * Whether the largest theta gets the highest rank (`'maximise'`, the default) or the smallest theta does
   * (`'minimise'`).
   */
  readonly sense?: Sense;
}

/**
 * Builds the ranking solver: z_i is the rank of item i, from 0 to size - 1.
 *
 * z(theta) = argmax of <theta, z> over the permutations z of (0, 1, ..., size - 1), the vertices of the permutahedron.
 * When maximising, the largest theta has rank size - 1; when minimising, the smallest one has. Use it for losses on
 * ranks (recall, precision, Spearman's correlation), where only the order counts. If each pair of item and place has
 * its own score, use {@link permutation}. Unlike those of other solvers, its states hold integers, not only 0 and 1.
 *
 * theta has one score per item. Among equal scores the lower index gets the higher rank: the lexicographically greatest
 * of the best states. Infinities are not masks here; they rank below or above everything finite.
 *
 * Cost: O(size) per instance by sorting digits (O(size^2) moves up to 48 items, which is faster), without allocation.
 *
 * @param options - size, and the sense.
 * @returns a solver with `kappa` = size (size - 1) / 2, the sum of the ranks, and 1 for a single item. That is how much
 * noise of single elements enters <theta, z>.
 * @throws RangeError when size or sense is out of range; from `solve`, as {@link Solver} says.
 *
 * Source: Rolínek et al., "Optimizing Rank-based Metrics with Blackbox Differentiation", CVPR 2020, with
 * ranks from 0 and in either direction.
 *
 * @example
 * ```ts
 * import { ranking } from '@aimle/solvers';
 *
 * const z = new Float32Array(4);
 * ranking({ size: 4 }).solve(Float32Array.of(0.3, -1, 7, 0.3), z, 1);
 * Array.from(z) // => [2, 0, 3, 1]
 * ```
 */
export function ranking(options: RankingOptions): Solver {
  const { size, sense = 'maximise' } = checkOptions('ranking', options, { size: true, sense: true });
  const name = 'ranking';
  checkInteger(name, 'size', size, 1, 2 ** 24);
  checkSense(name, sense);
  const sign = sense === 'maximise' ? 1 : -1;
  const sorter = new AscendingOrder(size);
  return described(
    {
      name,
      size,
      sense,
      kappa: Math.max(1, (size * (size - 1)) / 2),
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        for (let row = 0; row < rows; row++) {
          const start = row * size;
          for (let i = 0; i < size; i++) {
            const score = sign * theta[start + i]!;
            if (Number.isNaN(score)) rejectNaN(name, row, `element ${i}`);
            sorter.values[i] = score;
          }
          sorter.sort();
          const { order } = sorter;
          for (let rank = 0; rank < size; rank++) z[start + order[rank]!] = rank;
        }
      },
    },
    { size, sense },
  );
}
