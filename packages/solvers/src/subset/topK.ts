import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense } from '../validation.js';
import { kernelsFor, solveSubsets } from './byKernel.js';
import { insertionSelect } from './insertionSelect.js';
import { quickSelect } from './quickSelect.js';

/**
 * Settings of {@link topK}.
 *
 * @example
 * ```ts
 * import { topK, type TopKOptions } from '@aimle/solvers';
 *
 * const options: TopKOptions = { size: 20, k: 10 };
 * topK(options).kappa // => 10
 * ```
 */
export interface TopKOptions {
  /** Number of items to choose from, in [1, 2^31 - 1]. */
  readonly size: number;
  /** Number of items to choose, in [1, size]. With k = size every item is chosen. */
  readonly k: number;
  /** Whether to choose the largest (`'maximise'`, the default) or the smallest (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * Builds the k-subset solver: it marks the k best of `size` items.
 *
 * z(theta) = argmax of <theta, z> over z in {0,1}^size with sum(z) = k. Use it to pick words, pixels, features or the
 * bits of a code; with k = 1 it is the argmax as a one-hot vector.
 *
 * z always has exactly k ones, even when scores tie (the lower index wins) and when fewer than k items are unmasked
 * (masked ones with the lowest indices are added). The authors' code thresholds at the k-th score instead, and so marks
 * more than k items on ties.
 *
 * Cost: O(size) expected per instance, without allocation. Small k among many items is one scan against a short sorted
 * list; otherwise it is a quickselect with a branch-free partition. Kernels count ranks of up to 32 items and bound the
 * k-th best of more, in a third to a twentieth of the time.
 *
 * @param options - size, k, and the sense.
 * @returns a solver with `kappa` = k.
 * @throws RangeError when size, k or sense is out of range.
 *
 * @example
 * ```ts
 * import { topK } from '@aimle/solvers';
 *
 * const solver = topK({ size: 4, k: 2 });
 * const z = new Float32Array(8);
 * solver.solve(Float32Array.of(0.1, 0.9, 0.5, 0.2, 3, 3, 3, 3), z, 2);
 * Array.from(z) // => [0, 1, 1, 0, 1, 1, 0, 0]
 * ```
 */
export function topK(options: TopKOptions): Solver {
  const { size, k, sense = 'maximise' } = checkOptions('topK', options, { size: true, k: true, sense: true });
  const name = 'topK';
  checkInteger(name, 'size', size, 1, 2 ** 31 - 1); // positions are 32-bit integers
  checkInteger(name, 'k', k, 1, size);
  checkSense(name, sense);
  // Measured in bench/: the list's moves, about k^2, must stay few compared with the scan.
  const few = k * k <= size;
  const select = (few ? insertionSelect : quickSelect)(name, size, k, sense === 'maximise' ? 1 : -1);
  return described(
    {
      name,
      size,
      sense,
      kappa: k,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        const kernel = kernelsFor(size, theta.length);
        if (kernel === null) select(theta, z, rows);
        else solveSubsets(kernel, name, { size, low: k, high: k, sense }, theta, z, rows);
      },
    },
    { size, k, sense },
  );
}
