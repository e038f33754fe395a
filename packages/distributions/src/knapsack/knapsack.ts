import { checkOptions, type KnapsackOptions, knapsack as knapsackSolver } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { type Hypergraph, HypergraphBuilder } from '../hypergraph/hypergraph.js';
import { hypergraphInference } from '../hypergraph/hypergraphInference.js';
import { checkInteger } from '../validation.js';

/**
 * Builds the distribution of sets of items whose total weight does not exceed a capacity: p(z) is proportional to exp
 * <theta, z> over z in {0,1}^items with <weights, z> <= capacity. The empty set is always a state.
 *
 * theta has one logit per item, as for the solver. Use it to choose under a budget when items have different costs;
 * when all cost the same, use {@link atMostK}. Exact, at any range of theta. Cost: O(items * capacity) per instance,
 * less if few sums of weights exist, times m log m for `topStates`; about 120 bytes of memory per sum. Divide weights
 * and capacity by their greatest common divisor first.
 *
 * @param options - the weights, the capacity, with items * (capacity + 1) at most 2^26, and the sense;
 * `capacityFromContext` is for the solver only.
 * @returns the distribution, with the solver's `kappa`.
 * @throws RangeError when an option is out of range, or `capacityFromContext` is true.
 *
 * Source: the recurrence is R. Bellman's ("Dynamic programming", 1957), with sums for maxima.
 *
 * @example
 * ```ts
 * import { knapsack } from '@aimle/distributions';
 *
 * // {}, {0}, {1}, {2}, {1,2} fit, and have weights 1, 2, 1, 1, 1.
 * const sets = knapsack({ weights: [3, 2, 2], capacity: 4 });
 * const theta = Float64Array.of(Math.log(2), 0, 0);
 * Array.from(sets.marginals(theta), (mu) => mu.toFixed(3)) // => ['0.333', '0.333', '0.333']
 * ```
 */
export function knapsack(options: KnapsackOptions): RankedDistribution {
  checkOptions('knapsack', options, {
    weights: true,
    capacity: true,
    capacityFromContext: true,
    sense: true,
  });
  const { weights, capacity, capacityFromContext = false } = options;
  const name = 'knapsack';
  if (capacityFromContext) {
    throw new RangeError(
      `${name}: a distribution has one capacity for all instances, got capacityFromContext: true; leave it out, or ` +
        'use knapsack of @aimle/solvers',
    );
  }
  checkInteger(name, 'weights.length * (capacity + 1)', weights.length * (capacity + 1), 1, 2 ** 26);
  const solver = knapsackSolver(options);
  return assemble(hypergraphInference(solver, knapsackGraph(name, weights, capacity)));
}

/**
 * Builds the hypergraph: at item i with a remaining capacity, take it or leave it. It holds only the capacities that
 * earlier items can leave.
 */
function knapsackGraph(name: string, weights: ArrayLike<number>, capacity: number): Hypergraph {
  const items = weights.length;
  const width = capacity + 1;
  const reached = new Uint8Array(items * width);
  reached[capacity] = 1;
  for (let i = 0; i + 1 < items; i++) {
    for (let remaining = 0; remaining <= capacity; remaining++) {
      if (reached[i * width + remaining] === 0) continue;
      reached[(i + 1) * width + remaining] = 1;
      if (remaining >= weights[i]!) reached[(i + 1) * width + remaining - weights[i]!] = 1;
    }
  }
  const builder = new HypergraphBuilder(name, items);
  builder.edge(undefined);
  const done = builder.node();
  let after = new Int32Array(width).fill(done);
  for (let i = items - 1; i >= 0; i--) {
    const here = new Int32Array(width);
    for (let remaining = 0; remaining <= capacity; remaining++) {
      if (reached[i * width + remaining] === 0) continue;
      if (remaining >= weights[i]!) builder.edge(i, after[remaining - weights[i]!]!);
      builder.edge(undefined, after[remaining]!);
      here[remaining] = builder.node();
    }
    after = here;
  }
  return builder.build();
}
