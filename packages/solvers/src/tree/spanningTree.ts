import { described } from '../description.js';
import { checkVertices } from '../graph/edges.js';
import { type KernelStructure, solveRows } from '../kernelRows.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense } from '../validation.js';
import { kruskal } from './kruskal.js';
import { prim } from './prim.js';

/** The matrices of larger graphs would take too much of the kernels' memory. */
const MOST_VERTICES = 512;

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
   * The graph: two vertices per edge, one edge after the other, such as `[0, 1, 1, 2]` or an `Int32Array`. Flatten
   * pairs with `.flat()`. It must be connected. Parallel edges are allowed, loops are not. Default: the complete graph.
   */
  readonly edges?: ArrayLike<number>;
  /** Whether to maximise the tree's total weight (`'maximise'`, the default) or to minimise it (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * Builds the spanning-tree solver: it marks the edges of the maximum (or minimum) spanning tree of an undirected graph.
 *
 * z(theta) = argmax of <theta, z> over the edge sets that join all vertices without a cycle. Use it to infer which
 * things are connected, if all that is known of the graph is that it is a tree.
 *
 * theta has one weight per edge. With `edges`, it is in their order. Without, it is the upper triangle of the complete
 * graph, `size` = vertices * (vertices - 1) / 2, row by row, that is (0,1), (0,2), ..., (0,v-1), (1,2), ... Edge (i,
 * j), i < j, is at i * (2v - i - 1) / 2 + j - i - 1. Equal weights resolve as in Kruskal's algorithm over edges in that
 * order: the earlier edge wins. A masked edge is used only if the unmasked ones do not join all vertices.
 *
 * Exact. Cost on the complete graph: O(vertices^2) per instance, by Prim's algorithm, without allocation (Prim,
 * "Shortest connection networks and some generalizations", 1957); the solver holds a table of 4 * vertices^2 bytes, 400
 * MB at 10,000 vertices, the maximum. Cost with `edges`: O(edges), apart from the near-constant factor of union-find,
 * by Kruskal's algorithm on a radix sort (Kruskal, "On the shortest spanning subtree of a graph", 1956); it holds about
 * 30 bytes per edge.
 *
 * @param options - the number of vertices, the edges, and the sense.
 * @returns a solver with `kappa` = vertices - 1.
 * @throws RangeError when vertices or sense is out of range, an edge is not a pair of different vertices, or the edges
 * do not join all vertices.
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
export function spanningTree(options: SpanningTreeOptions): Solver {
  const {
    vertices,
    edges,
    sense = 'maximise',
  } = checkOptions('spanningTree', options, { vertices: true, edges: true, sense: true });
  const name = 'spanningTree';
  if (edges === undefined) checkInteger(name, 'vertices', vertices, 2, 10_000);
  else checkVertices(name, vertices, 2);
  checkSense(name, sense);
  const sign = sense === 'maximise' ? 1 : -1;
  const grow = edges === undefined ? prim(name, vertices, sign) : kruskal(name, vertices, edges, sign);
  const size = edges === undefined ? (vertices * (vertices - 1)) / 2 : edges.length / 2;
  const known = edges === undefined && vertices <= MOST_VERTICES;
  const byKernels: KernelStructure | null = known
    ? {
        size,
        sense,
        room: 16 * (2 * vertices + 3) * Math.ceil(vertices / 4),
        set: ({ setTrees }, room) => setTrees(vertices, room),
      }
    : null;
  return described(
    {
      name,
      size,
      sense,
      kappa: vertices - 1,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        z.fill(0);
        solveRows(byKernels, theta, z, rows, (row) => grow(theta, z, row));
      },
    },
    { vertices, edges, sense },
  );
}
