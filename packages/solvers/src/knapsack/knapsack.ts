import { described } from '../description.js';
import type { Context, Sense, Solver } from '../solver.js';
import {
  checkBatch,
  checkInteger,
  checkSense,
  contextArray,
  rejectInfinity,
  rejectNaN,
} from '../validation.js';

/**
 * Settings of {@link knapsack}.
 *
 * @example
 * ```ts
 * import { knapsack, type KnapsackOptions } from '@aimle/solvers';
 *
 * const options: KnapsackOptions = { weights: [2, 3, 4], capacity: 6 };
 * knapsack(options).size // => 3
 * ```
 */
export interface KnapsackOptions {
  /** The weight of each item: integers in [0, 2^31 - 1]. */
  readonly weights: ArrayLike<number>;
  /** The maximum total weight: an integer in [0, 2^28], with items * (capacity + 32) at most 2^33. */
  readonly capacity: number;
  /**
   * Whether each instance has its own capacity, in `context.capacity`: an integer in [0, capacity]. Default: false.
   */
  readonly capacityFromContext?: boolean;
  /** Whether theta is scores (`'maximise'`, the default) or costs. */
  readonly sense?: Sense;
}

/**
 * Builds the 0/1 knapsack solver: it finds the best set of items whose total weight does not exceed a capacity.
 *
 * z(theta) = argmax of <theta, z> over z in {0,1}^items with <weights, z> <= capacity. Use it to choose under a budget
 * when items have different costs; when all cost the same, use {@link atMostK}.
 *
 * theta holds one score per item. An item with a negative score, or a masked one, is never taken. The empty set is
 * always a state, so every instance has an answer. Among equally good sets the lexicographically greatest wins: the one
 * with the item of the lowest index in which they differ. So an item of score 0 is taken if it still fits.
 *
 * Cost: O(items * capacity) per instance, by dynamic programming (Bellman, "Dynamic programming", 1957), exact. The
 * solver holds one bit per item and capacity, items * (capacity + 1) / 8 bytes, and another 8 * (capacity + 1) bytes.
 * Divide weights and capacity by their greatest common divisor first; round fractional weights up to stay within the
 * budget.
 *
 * @param options - the weights, the capacity, whether instances have their own, and the sense.
 * @returns a solver whose `kappa` is the number of items of mean weight that fit.
 * @throws RangeError when a weight, the capacity or the sense is out of range.
 *
 * @example
 * ```ts
 * import { knapsack } from '@aimle/solvers';
 *
 * const weights = [3, 2, 2];
 * const z = new Float32Array(3);
 * knapsack({ weights, capacity: 4 }).solve(Float32Array.of(5, 3, 3), z, 1);
 * Array.from(z) // => [0, 1, 1]
 *
 * const own = knapsack({ weights, capacity: 4, capacityFromContext: true });
 * own.solve(Float32Array.of(5, 3, 3), z, 1, { capacity: [3] });
 * Array.from(z) // => [1, 0, 0]
 * ```
 */
export function knapsack(options: KnapsackOptions): Solver {
  const { weights, capacity, capacityFromContext = false, sense = 'maximise' } = options;
  const name = 'knapsack';
  const size = weights.length;
  checkInteger(name, 'the number of weights', size, 1, 2 ** 30);
  checkInteger(name, 'capacity', capacity, 0, 2 ** 28);
  checkInteger(name, 'weights.length * (capacity + 32)', size * (capacity + 32), 1, 2 ** 33);
  for (let i = 0; i < size; i++) checkInteger(name, `weights[${i}]`, weights[i]!, 0, 2 ** 31 - 1);
  checkSense(name, sense);
  const sign = sense === 'maximise' ? 1 : -1;
  const weightOf = Int32Array.from(weights);
  /** Words of 32 bits for the capacities from 0 up. */
  const width = (capacity >>> 5) + 1;
  /** The best value within each capacity, of the items from the current one on. */
  const best = new Float64Array(capacity + 1);
  /** One bit at (item, remaining capacity): whether the best set of the items from this one on contains the item. */
  const taken = new Int32Array(size * width);

  function fill(theta: Float32Array, z: Float32Array, row: number, limit: number): void {
    const start = row * size;
    best.fill(0, 0, limit + 1);
    for (let i = size - 1; i >= 0; i--) {
      const score = sign * theta[start + i]!;
      const weight = weightOf[i]!;
      const line = i * width;
      if (!(score < Infinity)) {
        if (Number.isNaN(score)) rejectNaN(name, row, `item ${i}`);
        rejectInfinity(name, sense, row, `item ${i}`);
      }
      taken.fill(0, line, line + width);
      if (!(score >= 0)) continue;
      // From above, so that best[c - weight] is still that of the items after this one.
      for (let c = limit; c >= weight; ) {
        const word = c >>> 5;
        const lowest = Math.max(weight, word << 5);
        let bits = 0;
        for (; c >= lowest; c--) {
          const within = best[c - weight]! + score;
          if (within >= best[c]!) {
            bits |= 1 << (c & 31);
            best[c] = within;
          }
        }
        taken[line + word] = bits;
      }
    }
    let left = limit;
    for (let i = 0; i < size; i++) {
      const chosen = (taken[i * width + (left >>> 5)]! >>> (left & 31)) & 1;
      z[start + i] = chosen;
      if (chosen === 1) left -= weightOf[i]!;
    }
  }

  function limitOf(capacities: ArrayLike<number>, row: number): number {
    const limit = capacities[row]!;
    if (!Number.isInteger(limit) || limit < 0 || limit > capacity) {
      throw new RangeError(
        `${name}: context.capacity must hold integers in [0, ${capacity}], got ${limit} in instance ${row}`,
      );
    }
    return limit;
  }

  return described(
    {
      name,
      size,
      sense,
      kappa: typicalCount(weightOf, capacity),
      solve(theta, z, rows, context?: Context) {
        checkBatch(name, size, theta, z, rows);
        const own = capacityFromContext ? contextArray(name, context, 'capacity', 1, rows) : undefined;
        for (let row = 0; row < rows; row++) fill(theta, z, row, own ? limitOf(own, row) : capacity);
      },
    },
    { weights, capacity, capacityFromContext, sense },
  );
}

/** At least 1, which Sum-of-Gamma noise needs, even where nothing fits. */
function typicalCount(weights: Int32Array, capacity: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total <= capacity ? weights.length : Math.max(1, (weights.length * capacity) / total);
}
