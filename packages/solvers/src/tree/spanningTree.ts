import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense, rejectNaN } from '../validation.js';

/**
 * Settings of {@link spanningTree}.
 *
 * @example
 * ```ts
 * import { spanningTree, type SpanningTreeOptions } from '@aimle/solvers';
 *
 * const options: SpanningTreeOptions = { vertices: 10 };
 * spanningTree(options).size // => 45
 * ```
 */
export interface SpanningTreeOptions {
  /** Number of vertices of the complete graph, in [2, 10000]. */
  readonly vertices: number;
  /** Whether the tree's total weight is to be the greatest (`'maximise'`, the default) or the least. */
  readonly sense?: Sense;
}

/**
 * The spanning-tree solver: marks the edges of the maximum (or minimum) spanning tree of a complete, undirected graph.
 *
 * z(theta) = argmax of <theta, z> over the edge sets that join all vertices without a cycle. Use it to infer which of a
 * set of things are joined, when nothing else is known of the graph than that it is a tree.
 *
 * theta has one weight an edge, `size` = vertices * (vertices - 1) / 2: the upper triangle, row by row, that is
 * (0,1), (0,2), ..., (0,v-1), (1,2), ... Edge (i, j), i < j, is at i * (2v - i - 1) / 2 + j - i - 1. Equal weights
 * resolve as in Kruskal's algorithm over edges in that order: the earlier edge wins. A masked edge is used only when
 * the unmasked ones do not join all vertices.
 *
 * Cost: O(vertices^2) an instance, by Prim's algorithm on the dense graph, without allocation (Prim, "Shortest
 * connection networks and some generalizations", 1957). The solver holds a table of 4 * vertices^2 bytes: 400 MB at
 * 10,000 vertices, the most it takes.
 *
 * @param options - the number of vertices, and the sense.
 * @returns a solver with `kappa` = vertices - 1.
 * @throws RangeError when vertices or sense is out of range.
 *
 * @example
 * ```ts
 * import { spanningTree } from '@aimle/solvers';
 *
 * const solver = spanningTree({ vertices: 3 });
 * const z = new Float32Array(3);
 * solver.solve(Float32Array.of(5, 1, 4), z, 1); // weights of edges (0,1), (0,2), (1,2)
 * Array.from(z) // => [1, 0, 1]
 * ```
 */
export function spanningTree({ vertices, sense = 'maximise' }: SpanningTreeOptions): Solver {
  const name = 'spanningTree';
  checkInteger(name, 'vertices', vertices, 2, 10_000);
  checkSense(name, sense);
  const size = (vertices * (vertices - 1)) / 2;
  const sign = sense === 'maximise' ? 1 : -1;
  const edgeBetween = edgeTable(vertices);
  const outside = new Int32Array(vertices);
  const linkWeight = new Float64Array(vertices);
  const linkEdge = new Int32Array(vertices);

  function grow(theta: Float32Array, z: Float32Array, row: number): void {
    const start = row * size;
    for (let v = 0; v < vertices; v++) {
      outside[v] = v;
      linkWeight[v] = -Infinity;
      linkEdge[v] = size;
    }
    let joined = 0;
    for (let left = vertices - 1; left > 0; left--) {
      // outside[0..left] still holds the vertex that has just joined: the last one takes its place.
      const newcomer = outside[joined]!;
      outside[joined] = outside[left]!;
      const edges = newcomer * vertices;
      let bestWeight = -Infinity;
      let bestEdge = size + 1;
      for (let i = 0; i < left; i++) {
        const v = outside[i]!;
        const edge = edgeBetween[edges + v]!;
        const weight = sign * theta[start + edge]!;
        let link = linkWeight[v]!;
        let through = linkEdge[v]!;
        if (!(weight < link)) {
          if (Number.isNaN(weight)) {
            rejectNaN(name, row, `edge (${Math.min(newcomer, v)}, ${Math.max(newcomer, v)})`);
          }
          if (weight > link || edge < through) {
            linkWeight[v] = link = weight;
            linkEdge[v] = through = edge;
          }
        }
        if (link > bestWeight || (link === bestWeight && through < bestEdge)) {
          bestWeight = link;
          bestEdge = through;
          joined = i;
        }
      }
      z[start + bestEdge] = 1;
    }
  }

  return {
    name,
    size,
    sense,
    kappa: vertices - 1,
    solve(theta, z, rows) {
      checkBatch(name, size, theta, z, rows);
      z.fill(0);
      for (let row = 0; row < rows; row++) grow(theta, z, row);
    },
  };
}

function edgeTable(vertices: number): Int32Array {
  const table = new Int32Array(vertices * vertices);
  let edge = 0;
  for (let i = 0; i < vertices; i++) {
    for (let j = i + 1; j < vertices; j++) {
      table[i * vertices + j] = edge;
      table[j * vertices + i] = edge;
      edge++;
    }
  }
  return table;
}
