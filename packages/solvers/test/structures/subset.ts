import { atMostK, bernoulli, betweenK, categorical, type Sense, topK } from '../../src/index.js';
import type { SmallInstance, SolverEntry } from '../entry.js';
import { lexicographic, subsets } from '../enumeration.js';

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
  {
    name: 'categorical',
    small: [1, 2, 7, 30].map((size) => ({
      label: `${size} classes`,
      build: (sense: Sense) => categorical({ size, sense }),
      states: () => subsets(size, 1),
      infinities: 'both',
    })),
  },
  {
    name: 'bernoulli',
    small: [1, 2, 8].map((size) => ({
      label: `${size} bits`,
      build: (sense: Sense) => bernoulli({ size, sense }),
      states: () => between(size, 0, size),
      infinities: 'both',
    })),
  },
  {
    name: 'atMostK',
    small: [
      [1, 1],
      [4, 4],
      [8, 1],
      [8, 3],
    ].map(([size, k]) => ({
      label: `${k} of ${size}`,
      build: (sense: Sense) => atMostK({ size: size!, k: k!, sense }),
      states: () => between(size!, 0, k!),
      infinities: 'both',
    })),
  },
  {
    name: 'betweenK',
    small: [
      [1, 0, 1],
      [1, 1, 1],
      [5, 3, 3],
      [6, 2, 4],
      [8, 1, 6],
      [8, 5, 8],
    ].map(([size, low, high]) => ({
      label: `${low} to ${high} of ${size}`,
      build: (sense: Sense) => betweenK({ size: size!, low: low!, high: high!, sense }),
      states: () => between(size!, low!, high!),
      infinities: 'both',
    })),
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

/** All 0/1 vectors of a length with a number of ones from low to high, lexicographically greatest first. */
function between(size: number, low: number, high: number): Uint8Array[] {
  const states: Uint8Array[] = [];
  for (let k = low; k <= high; k++) states.push(...subsets(size, k));
  return lexicographic(states);
}
