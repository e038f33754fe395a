import { assignment, permutation, ranking, type Sense } from '../../src/index.js';
import type { SmallInstance, SolverEntry } from '../entry.js';
import { lexicographic, subsets } from '../enumeration.js';

export const assignments: readonly SolverEntry[] = [
  {
    name: 'assignment',
    small: [
      [1, 1],
      [1, 4],
      [4, 1],
      [2, 2],
      [2, 5],
      [5, 2],
      [3, 3],
      [3, 4],
      [4, 3],
    ].map(([left, right]) => sides(left!, right!)),
  },
  { name: 'permutation', small: [1, 2, 3, 4].map(permutationOf) },
  { name: 'ranking', small: [2, 3, 4, 5].map(rankingOf) },
];

function sides(left: number, right: number): SmallInstance {
  return {
    label: `${left} x ${right}`,
    build: (sense: Sense) => assignment({ left, right, sense }),
    states: () => pairings(left, right),
  };
}

function permutationOf(items: number): SmallInstance {
  return {
    label: `${items} items`,
    build: (sense: Sense) => permutation({ items, sense }),
    states: () => pairings(items, items),
  };
}

/** All sets of as many pairs as the smaller side has vertices that use no vertex twice. */
function pairings(left: number, right: number): Uint8Array[] {
  return subsets(left * right, Math.min(left, right)).filter((state) => {
    const uses = new Array<number>(left + right).fill(0);
    state.forEach((one, pair) => {
      uses[Math.floor(pair / right)]! += one;
      uses[left + (pair % right)]! += one;
    });
    return Math.max(...uses) <= 1;
  });
}

function rankingOf(size: number): SmallInstance {
  return {
    label: `${size} items`,
    build: (sense: Sense) => ranking({ size, sense }),
    states: () => lexicographic(orders(Array.from({ length: size }, (_, rank) => rank))),
    // Enumeration counts forbidden elements, which says nothing of ranks: test/ranking.test.ts has infinities.
    infinities: 'none',
    echo: (z) => z.slice(),
  };
}

function orders(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    orders(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}
