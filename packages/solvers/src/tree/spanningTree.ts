import { described } from '../description.js';
import { checkVertices } from '../graph/edges.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense } from '../validation.js';
import { kruskal } from './kruskal.js';
import { prim } from './prim.js';

/**
 * Settings of {@link spanningTree}.
 *
 * @example
 * ```ts
 * import { spanningTree, type SpanningTreeOptions } from '@aimle/solvers';
 *
 * const complete: SpanningTreeOptions = { vertices: 10 };
 * spanningTree(complete).size // => 45
 * const square: SpanningTreeOptions = { vertices: 4, edges: [0, 1, 1, 2, 2, 3, 3, 0] };
 * spanningTree(square).size // => 4
 * ```
 */
export interface SpanningTreeOptions {
  /** Number of vertices: in [2, 10000] for the complete graph, in [2, 10^7] with `edges`. */
  readonly vertices: number;
  /**
   * The graph, two vertices an edge, one edge after the other: `[0, 1, 1, 2]` or an `Int32Array`; `.flat()` makes it of
   * pairs. It must be connected. Parallel edges are allowed, loops are not. Default: the complete graph.
   */
  readonly edges?: ArrayLike<number>;
  /** Whether the tree's total weight is to be the greatest (`'maximise'`, the default) or the least. */
  readonly sense?: Sense;
}

/**
 * The spanning-tree solver: marks the edges of the maximum (or minimum) spanning tree of an undirected graph.
 *
 * z(theta) = argmax of <theta, z> over the edge sets that join all vertices without a cycle. Use it to infer which of a
 * set of things are joined, when nothing else is known of the graph than that it is a tree.
 *
 * theta has one weight an edge. With `edges`, it is in their order. Without, it is the upper triangle of the complete
 * graph, `size` = vertices * (vertices - 1) / 2, row by row, that is (0,1), (0,2), ..., (0,v-1), (1,2), ... Edge (i, j),
 * i < j, is at i * (2v - i - 1) / 2 + j - i - 1. Equal weights resolve as in Kruskal's algorithm over edges in that
 * order: the earlier edge wins. A masked edge is used only when the unmasked ones do not join all vertices.
 *
 * Exact. Cost on the complete graph: O(vertices^2) an instance, by Prim's algorithm, without allocation (Prim,
 * "Shortest connection networks and some generalizations", 1957); the solver holds a table of 4 * vertices^2 bytes, 400
 * MB at 10,000 vertices, the most it takes. Cost with `edges`: O(edges) but for the near-constant factor of union-find,
 * by Kruskal's algorithm on a radix sort (Kruskal, "On the shortest spanning subtree of a graph", 1956); it holds some
 * 30 bytes an edge.
 *
 * @param options - the number of vertices, the edges, and the sense.
 * @returns a solver with `kappa` = vertices - 1.
 * @throws RangeError when vertices or sense is out of range, an edge is no pair of different vertices, or the edges do
 * not join all vertices.
 *
 * @example
 * ```ts
 * import { spanningTree } from '@aimle/solvers';
 *
 * const triangle = spanningTree({ vertices: 3 });
 * const z = new Float32Array(3);
 * triangle.solve(Float32Array.of(5, 1, 4), z, 1); // weights of edges (0,1), (0,2), (1,2)
 * Array.from(z) // => [1, 0, 1]
 *
 * const square = spanningTree({ vertices: 4, edges: [0, 1, 1, 2, 2, 3, 3, 0], sense: 'minimise' });
 * const tree = new Float32Array(4);
 * square.solve(Float32Array.of(2, 9, 1, 3), tree, 1);
 * Array.from(tree) // => [1, 0, 1, 1]
 * ```
 */
export function spanningTree({ vertices, edges, sense = 'maximise' }: SpanningTreeOptions): Solver {
  const name = 'spanningTree';
  if (edges === undefined) checkInteger(name, 'vertices', vertices, 2, 10_000);
  else checkVertices(name, vertices, 2);
  checkSense(name, sense);
  const sign = sense === 'maximise' ? 1 : -1;
  const grow = edges === undefined ? prim(name, vertices, sign) : kruskal(name, vertices, edges, sign);
  const size = edges === undefined ? (vertices * (vertices - 1)) / 2 : edges.length / 2;
  return described(
    {
      name,
      size,
      sense,
      kappa: vertices - 1,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        z.fill(0);
        for (let row = 0; row < rows; row++) grow(theta, z, row);
      },
    },
    { vertices, edges, sense },
  );
}
