import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Context, Sense, Solver } from '../solver.js';
import {
  checkBatch,
  checkInteger,
  checkSense,
  contextArray,
  rejectInfinity,
  rejectNaN,
} from '../validation.js';
import { dynamicProgramme } from './dynamicProgramme.js';
import { ExpandingCore } from './expandingCore.js';

/** With less capacity, or fewer steps, the dynamic program is done before the core has ranked its items: measured. */
const minCapacityForCore = 64;
const minStepsForCore = 1_000;

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
 * Exact where sums of scores are exact in double precision (as for scores within a factor of 2^20 of each other), and
 * otherwise up to rounding. Cost per instance, without allocation: typically about O(items), by a dynamic program over
 * a growing core of items (Pisinger, "A minimal algorithm for the 0-1 knapsack problem", 1997); O(items * capacity)
 * where scores and weights are strongly correlated, or the capacity is below 64, by one over all capacities (Bellman,
 * "Dynamic programming", 1957). The solver holds one bit per item and capacity, items * (capacity + 1) / 8 bytes,
 * another 8 * (capacity + 1) bytes, and up to 20 MB for the core. Divide weights and capacity by their greatest common
 * divisor first; round fractional weights up to stay within the budget.
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
  checkOptions('knapsack', options, {
    weights: true,
    capacity: true,
    capacityFromContext: true,
    sense: true,
  });
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
  const scores = new Float64Array(size);
  const chosen = new Uint8Array(size);
  const fallback = dynamicProgramme(weightOf, capacity);
  const core = coreFor(weightOf, capacity);

  function load(theta: Float32Array, row: number): void {
    const start = row * size;
    for (let i = size - 1; i >= 0; i--) {
      const score = sign * theta[start + i]!;
      if (!(score < Infinity)) {
        if (Number.isNaN(score)) rejectNaN(name, row, `item ${i}`);
        rejectInfinity(name, sense, row, `item ${i}`);
      }
      scores[i] = score;
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
        for (let row = 0; row < rows; row++) {
          const limit = own ? limitOf(own, row) : capacity;
          load(theta, row);
          if (core === undefined || !core.pack(scores, limit, chosen)) fallback(scores, limit, chosen);
          z.set(chosen, row * size);
        }
      },
    },
    { weights, capacity, capacityFromContext, sense },
  );
}

/** A core that gives up, where it fails, after a small part of the steps of the dynamic program that follows. */
function coreFor(weights: Int32Array, capacity: number): ExpandingCore | undefined {
  const steps = weights.length * (capacity + 1);
  if (capacity < minCapacityForCore || steps < minStepsForCore) return undefined;
  const maxSteps = Math.min(Math.ceil(steps / 32), 2 ** 21);
  return new ExpandingCore(weights, maxSteps, Math.min(maxSteps, 2 ** 16));
}

/** At least 1, which Sum-of-Gamma noise needs, even where nothing fits. */
function typicalCount(weights: Int32Array, capacity: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total <= capacity ? weights.length : Math.max(1, (weights.length * capacity) / total);
}
