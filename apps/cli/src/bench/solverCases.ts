import * as solvers from '@aimle/solvers';
import type { Growth } from './growth.js';

const decades = [1_000, 10_000, 100_000, 1_000_000];
const sides = [32, 100, 316, 1000];
const few = [10, 32, 100, 316];
const tens = [14, 44, 140, 448];

/**
 * Every solver over about three decades of size, as far as its cost allows. Dense structures grow by their vertices, and
 * theta by the square of these, so O(n^3) is an exponent of 1.5.
 */
export const growths: readonly Growth[] = [
  grows('categorical', 1, decades, (size) => solvers.categorical({ size })),
  grows('bernoulli', 1, decades, (size) => solvers.bernoulli({ size })),
  grows('topK', 1, decades, (size) => solvers.topK({ size, k: size / 10 })),
  grows('atMostK', 1, decades, (size) => solvers.atMostK({ size, k: size / 10 })),
  grows('betweenK', 1, decades, (size) => solvers.betweenK({ size, low: size / 20, high: size / 10 })),
  grows('ranking', 1, decades, (size) => solvers.ranking({ size })),
  grows('assignment', 1.5, few, (side) => solvers.assignment({ left: side, right: side })),
  grows('permutation', 1.5, few, (items) => solvers.permutation({ items })),
  grows('perfectMatching', 1.5, tens, (vertices) => solvers.perfectMatching({ vertices })),
  grows('spanningTree', 1, [45, 142, 448, 1415], (vertices) => solvers.spanningTree({ vertices })),
  grows('spanningTree-edges', 1, decades, (edges) => solvers.spanningTree(ring(edges))),
  grows('arborescence', 1, sides, (vertices) => solvers.arborescence({ vertices })),
  onCosts(grows('gridPath', 1, sides, (side) => solvers.gridPath({ height: side, width: side }))),
  onCosts(
    grows('graphPath', 1, decades, (edges) =>
      solvers.graphPath({ ...ring(edges), from: 0, to: Math.floor(edges / 8) }),
    ),
  ),
  onCosts(
    grows('minCut', 3, [400, 4_000, 40_000], (edges) =>
      solvers.minCut({ ...ring(edges), source: 0, sink: Math.floor(edges / 8) }),
    ),
  ),
  onCosts(grows('travellingSalesman-exact', null, [5, 7, 9, 11, 13], tours)),
  onCosts(grows('travellingSalesman', null, tens, tours)),
  grows('chain', 1, [35, 350, 3_500, 35_000], (length) => solvers.chain({ length, labels: 5 })),
  grows('segmentation', 1, [25, 250, 2_500, 25_000], (length) =>
    solvers.segmentation({ length, maxLength: 8, labels: 5 }),
  ),
  grows('projectiveTree', 1.5, few, (words) => solvers.projectiveTree({ words })),
  grows('knapsack', 2, [10, 100, 1_000, 10_000], (items) =>
    solvers.knapsack({ weights: Array.from({ length: items }, (_, i) => 1 + (i % 19)), capacity: 4 * items }),
  ),
];

function grows(
  name: string,
  textbook: number | null,
  steps: readonly number[],
  solver: Growth['solver'],
): Growth {
  return { name: `solver/${name}`, textbook, steps, solver };
}

/** The same on costs: noise of either sign, without it. */
function onCosts(growth: Growth): Growth {
  return { ...growth, scores: (noise) => noise.set(noise.map(Math.abs)) };
}

function tours(vertices: number): solvers.Solver {
  return solvers.travellingSalesman({ vertices, sense: 'minimise' });
}

/** A sparse, connected graph: each vertex leads to the next one, and to three others at growing distances. */
function ring(size: number): { readonly vertices: number; readonly edges: Int32Array } {
  const vertices = size / 4;
  const edges = Int32Array.from({ length: 2 * size }, (_, end) => {
    const vertex = Math.floor(end / 8);
    return end % 2 === 0 ? vertex : (vertex + 1 + 7 * ((end % 8) >> 1)) % vertices;
  });
  return { vertices, edges };
}
