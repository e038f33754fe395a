import { graphPath } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { type Hypergraph, HypergraphBuilder } from '../hypergraph/hypergraph.js';
import { hypergraphInference } from '../hypergraph/hypergraphInference.js';
import { checkInteger } from '../validation.js';

/**
 * Settings of {@link dagPaths}.
 *
 * @example
 * ```ts
 * import { dagPaths, type DagPathsOptions } from '@aimle/distributions';
 *
 * const options: DagPathsOptions = { vertices: 4, edges: [0, 1, 1, 3, 0, 2, 2, 3], from: 0, to: 3 };
 * dagPaths(options).size // => 4
 * ```
 */
export interface DagPathsOptions {
  /** Number of vertices, in [2, 10^7]. */
  readonly vertices: number;
  /**
   * The directed graph without cycles, two vertices an edge, one edge after the other: `[0, 1, 1, 2]` or an `Int32Array`;
   * `.flat()` makes it of pairs. Parallel edges are allowed.
   */
  readonly edges: ArrayLike<number>;
  /** The vertex where paths begin. */
  readonly from: number;
  /** The vertex where paths end. */
  readonly to: number;
}

/**
 * Paths from one vertex to another in a directed graph without cycles: p(z) is proportional to exp <theta, z>, a path
 * being written as the set of its edges. theta has one logit an edge, in the order of `edges`, of either sign: minus the
 * cost where edges cost. The mode is found by `graphPath` of `@aimle/solvers`, and its ties are as there.
 *
 * Use it for routes, alignments and lattices, and for any dynamic programme of your own that is a walk through states:
 * write it down as a graph, and all operations are there. Exact, at any range of theta. Cost: O(edges) an instance, times
 * m log m for `topStates`; some 60 bytes of memory an edge. Only edges on some path count.
 *
 * @param options - the graph and the end points.
 * @returns the distribution, with `kappa` = the fewest edges from `from` to `to`, at least 1.
 * @throws RangeError when an option is out of range, the edges form a cycle, or no path leads from `from` to `to`.
 *
 * Source: the recurrence is that of forward and backward sums (L. E. Baum, 1972), along any graph without cycles.
 *
 * @example
 * ```ts
 * import { dagPaths } from '@aimle/distributions';
 *
 * // A way of two edges below, one of two above, and one that goes straight.
 * const paths = dagPaths({ vertices: 4, edges: [0, 1, 1, 3, 0, 2, 2, 3, 0, 3], from: 0, to: 3 });
 * const theta = Float64Array.of(0, 0, 0, 0, Math.log(2));
 * Array.from(paths.marginals(theta), (mu) => mu.toFixed(2)) // => ['0.25', '0.25', '0.25', '0.25', '0.50']
 * ```
 */
export function dagPaths({ vertices, edges, from, to }: DagPathsOptions): RankedDistribution {
  const name = 'dagPaths';
  checkInteger(name, 'vertices', vertices, 2, 1e7);
  checkInteger(name, 'from', from, 0, vertices - 1);
  checkInteger(name, 'to', to, 0, vertices - 1);
  // The solver's own checks are those of the edges, cycles included.
  const solver = graphPath({ vertices, edges, from, to, acyclic: true, sense: 'maximise' });
  return assemble(hypergraphInference(name, solver, pathGraph(name, vertices, edges, from, to)));
}

/** The graph itself, of the vertices that can be reached: a vertex is the node of the ways on from it. */
function pathGraph(
  name: string,
  vertices: number,
  edges: ArrayLike<number>,
  from: number,
  to: number,
): Hypergraph {
  const size = edges.length / 2;
  const first = new Int32Array(vertices + 1);
  for (let e = 0; e < size; e++) first[edges[2 * e]! + 1]!++;
  for (let v = 0; v < vertices; v++) first[v + 1]! += first[v]!;
  const leaving = new Int32Array(size);
  const filled = first.slice();
  for (let e = 0; e < size; e++) leaving[filled[edges[2 * e]!]!++] = e;

  const builder = new HypergraphBuilder(name, size);
  const node = new Int32Array(vertices);
  for (const v of lastFirst(vertices, edges, from, to, first, leaving)) {
    if (v === to) {
      builder.edge(undefined);
      node[v] = builder.node();
      continue;
    }
    let ways = 0;
    for (let i = first[v]!; i < first[v + 1]!; i++) {
      const next = node[edges[2 * leaving[i]! + 1]!]!;
      if (next === 0) continue;
      builder.edge(leaving[i]!, next);
      ways++;
    }
    if (ways > 0) node[v] = builder.node();
  }
  if (node[from] === 0) {
    throw new RangeError(
      `${name}: a path must lead from vertex ${from} to vertex ${to}, got a graph without one`,
    );
  }
  return builder.build();
}

/** The vertices that can be reached without passing `to`, each after all that follow it: `from` is the last. */
function lastFirst(
  vertices: number,
  edges: ArrayLike<number>,
  from: number,
  to: number,
  first: Int32Array,
  leaving: Int32Array,
): Int32Array {
  const order = new Int32Array(vertices);
  const path = new Int32Array(vertices);
  const next = first.slice();
  const seen = new Uint8Array(vertices);
  let ordered = 0;
  let depth = 0;
  path[depth++] = from;
  seen[from] = 1;
  while (depth > 0) {
    const v = path[depth - 1]!;
    if (v === to || next[v] === first[v + 1]) {
      order[ordered++] = v;
      depth--;
      continue;
    }
    const head = edges[2 * leaving[next[v]!++]! + 1]!;
    if (seen[head] === 1) continue;
    seen[head] = 1;
    path[depth++] = head;
  }
  return order.subarray(0, ordered);
}
