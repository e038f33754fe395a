import {
  arborescence,
  assignment,
  atMostK,
  bernoulli,
  betweenK,
  categorical,
  chain,
  graphPath,
  gridPath,
  knapsack,
  minCut,
  perfectMatching,
  permutation,
  projectiveTree,
  ranking,
  segmentation,
  spanningTree,
  topK,
  travellingSalesman,
} from '@aimle/solvers';
import type { Growth } from './growth.js';

/**
 * Every solver over about three decades of size, as far as its cost allows. Dense structures grow by their vertices, and
 * theta by the square of these, so O(n^3) is an exponent of 1.5.
 */
export const growths: readonly Growth[] = [
  { name: 'solver/categorical', steps: decades(3, 6), solver: (size) => categorical({ size }), textbook: 1 },
  { name: 'solver/bernoulli', steps: decades(3, 6), solver: (size) => bernoulli({ size }), textbook: 1 },
  {
    name: 'solver/topK',
    steps: decades(3, 6),
    solver: (size) => topK({ size, k: size / 10 }),
    textbook: 1,
  },
  {
    name: 'solver/atMostK',
    steps: decades(3, 6),
    solver: (size) => atMostK({ size, k: size / 10 }),
    textbook: 1,
  },
  {
    name: 'solver/betweenK',
    steps: decades(3, 6),
    solver: (size) => betweenK({ size, low: size / 20, high: size / 10 }),
    textbook: 1,
  },
  { name: 'solver/ranking', steps: decades(3, 6), solver: (size) => ranking({ size }), textbook: 1 },
  {
    name: 'solver/assignment',
    steps: [10, 32, 100, 316],
    solver: (side) => assignment({ left: side, right: side }),
    textbook: 1.5,
  },
  {
    name: 'solver/permutation',
    steps: [10, 32, 100, 316],
    solver: (items) => permutation({ items }),
    textbook: 1.5,
  },
  {
    name: 'solver/perfectMatching',
    steps: [14, 44, 140, 448],
    solver: (vertices) => perfectMatching({ vertices }),
    textbook: 1.5,
  },
  {
    name: 'solver/spanningTree',
    steps: [45, 142, 448, 1415],
    solver: (vertices) => spanningTree({ vertices }),
    textbook: 1,
  },
  {
    name: 'solver/spanningTree-edges',
    steps: decades(3, 6),
    solver: (edges) => spanningTree({ vertices: edges / 4, edges: ring(edges / 4, 4) }),
    textbook: 1,
  },
  {
    name: 'solver/arborescence',
    steps: [32, 100, 316, 1000],
    solver: (vertices) => arborescence({ vertices }),
    textbook: 1,
  },
  {
    name: 'solver/gridPath',
    steps: [32, 100, 316, 1000],
    solver: (side) => gridPath({ height: side, width: side }),
    scores: costs,
    textbook: 1,
  },
  {
    name: 'solver/graphPath',
    steps: decades(3, 6),
    solver: (edges) =>
      graphPath({ vertices: edges / 4, edges: ring(edges / 4, 4), from: 0, to: Math.floor(edges / 8) }),
    scores: costs,
    textbook: 1,
  },
  {
    name: 'solver/minCut',
    steps: [400, 4_000, 40_000],
    solver: (edges) =>
      minCut({ vertices: edges / 4, edges: ring(edges / 4, 4), source: 0, sink: Math.floor(edges / 8) }),
    scores: costs,
    textbook: 3,
  },
  {
    name: 'solver/travellingSalesman-exact',
    steps: [5, 7, 9, 11, 13],
    solver: (vertices) => travellingSalesman({ vertices, sense: 'minimise' }),
    scores: costs,
    textbook: null,
  },
  {
    name: 'solver/travellingSalesman',
    steps: [14, 44, 140, 448],
    solver: (vertices) => travellingSalesman({ vertices, sense: 'minimise' }),
    scores: costs,
    textbook: null,
  },
  {
    name: 'solver/chain',
    steps: [35, 350, 3_500, 35_000],
    solver: (length) => chain({ length, labels: 5 }),
    textbook: 1,
  },
  {
    name: 'solver/segmentation',
    steps: [25, 250, 2_500, 25_000],
    solver: (length) => segmentation({ length, maxLength: 8, labels: 5 }),
    textbook: 1,
  },
  {
    name: 'solver/projectiveTree',
    steps: [10, 32, 100, 316],
    solver: (words) => projectiveTree({ words }),
    textbook: 1.5,
  },
  {
    name: 'solver/knapsack',
    steps: [10, 100, 1_000, 10_000],
    solver: (items) =>
      knapsack({ weights: Array.from({ length: items }, (_, i) => 1 + (i % 19)), capacity: 4 * items }),
    textbook: 2,
  },
];

function decades(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));
}

/** A sparse, connected graph: each vertex leads to the next one, and to others at growing distances. */
function ring(vertices: number, degree: number): Int32Array {
  const edges = new Int32Array(2 * vertices * degree);
  let end = 0;
  for (let v = 0; v < vertices; v++) {
    for (let d = 0; d < degree; d++) {
      edges[end++] = v;
      edges[end++] = (v + 1 + d * 7) % vertices;
    }
  }
  return edges;
}

/** Turns noise of either sign into costs. */
function costs(noise: Float32Array): void {
  for (let i = 0; i < noise.length; i++) noise[i] = Math.abs(noise[i]!);
}
