import type { Sense, Solver } from '../src/index.js';
import { spanningTree, topK } from '../src/index.js';
import { spanningTrees, subsets } from './enumeration.js';

/** What the battery needs to know of a structure; one line in `solvers` puts it to every test there is. */
export interface SolverEntry {
  readonly name: string;
  /** Instances small enough to enumerate, each with all of its states. */
  readonly small: readonly { label: string; build(sense: Sense): Solver; states(): Uint8Array[] }[];
}

export const solvers: readonly SolverEntry[] = [
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
    ].map(([size, k]) => subset(size!, k!)),
  },
  { name: 'spanningTree', small: [2, 3, 4, 5].map(tree) },
];

function subset(size: number, k: number) {
  return {
    label: `${k} of ${size}`,
    build: (sense: Sense) => topK({ size, k, sense }),
    states: () => subsets(size, k),
  };
}

function tree(vertices: number) {
  return {
    label: `${vertices} vertices`,
    build: (sense: Sense) => spanningTree({ vertices, sense }),
    states: () => spanningTrees(vertices),
  };
}
