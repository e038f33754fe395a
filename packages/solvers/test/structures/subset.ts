import { type Sense, topK } from '../../src/index.js';
import type { SmallInstance, SolverEntry } from '../entry.js';
import { subsets } from '../enumeration.js';

export const subset: readonly SolverEntry[] = [
  {
    name: 'topK',
    small: [
      [1, 1],
      [5, 1],
      [6, 3],
      [7, 7],
      [9, 4],
      [17, 1],
      [10, 2],
      [33, 2],
    ].map(([size, k]) => kOf(size!, k!)),
  },
];

function kOf(size: number, k: number): SmallInstance {
  return {
    label: `${k} of ${size}`,
    build: (sense: Sense) => topK({ size, k, sense }),
    states: () => subsets(size, k),
    infinities: 'both',
  };
}
