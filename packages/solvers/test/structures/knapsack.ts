import fc from 'fast-check';
import { knapsack, type Sense } from '../../src/index.js';
import type { SmallInstance, SolverEntry } from '../entry.js';
import { lexicographic, subsets } from '../enumeration.js';

export const knapsacks: readonly SolverEntry[] = [
  {
    name: 'knapsack',
    small: [
      fixed([1], 1),
      fixed([3, 2, 2], 4),
      fixed([1, 1, 1, 1, 1, 1], 3),
      fixed([5, 4, 3, 2, 1], 7),
      fixed([0, 9, 2, 0, 3, 2], 5),
      fixed([2, 3], 100),
      fixed([7, 1, 4, 4, 2, 6, 3, 1], 11),
      own([2, 2, 1, 3, 9], 6),
      own([4, 9], 5),
    ],
  },
];

function sets(weights: readonly number[], capacity: number): Uint8Array[] {
  const all = weights
    .map((_, k) => subsets(weights.length, k))
    .concat([subsets(weights.length, weights.length)]);
  const fits = (z: Uint8Array) => weights.reduce((sum, weight, i) => sum + weight * z[i]!, 0) <= capacity;
  return lexicographic(all.flat().filter(fits));
}

function fixed(weights: readonly number[], capacity: number): SmallInstance {
  return {
    label: `${weights.length} items within ${capacity}`,
    build: (sense: Sense) => knapsack({ weights, capacity, sense }),
    states: () => sets(weights, capacity),
  };
}

function own(weights: readonly number[], capacity: number): SmallInstance {
  return {
    label: `${weights.length} items within capacities of their own up to ${capacity}`,
    build: (sense: Sense) => knapsack({ weights, capacity, capacityFromContext: true, sense }),
    states: (context) => sets(weights, context!['capacity']![0]!),
    // Large enough that kappa, which depends on the maximum capacity only, fits each instance.
    context: fc.integer({ min: capacity - 1, max: capacity }).map((limit) => ({ capacity: [limit] })),
  };
}
