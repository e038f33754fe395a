import { checkOptions, type GraphPathOptions, graphPath as graphPathSolver } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { type Hypergraph, HypergraphBuilder } from '../hypergraph/hypergraph.js';
import { hypergraphInference } from '../hypergraph/hypergraphInference.js';

/**
 * Builds the distribution of paths from one vertex to another in a directed graph without cycles: p(z) is proportional
 * to exp(-<theta, z>), or to exp <theta, z> when maximising, where a path is the set of its edges.
 *
 * theta has one number per edge, in the order of `edges` and of either sign. As for the solver, theta holds costs by
 * default. The graph must be declared `acyclic`: with cycles there are too many paths to sum over.
 *
 * Use it for routes, alignments and lattices, and for your own dynamic program if it is a walk through states: written
 * as a graph, it has all operations. Exact, at any range of theta. Cost: O(edges) per instance, times m log m for
 * `topStates`; about 60 bytes of memory per edge. Only edges on some path count.
 *
 * @param options - the graph with `acyclic: true`, two vertices as end points, and the sense.
 * @returns the distribution, with `kappa` = the fewest edges from `from` to `to`, at least 1.
 * @throws RangeError when an option is out of range, `acyclic` is not true, an end point is `'context'`, the edges form a
 * cycle, or no path leads from `from` to `to`.
 *
 * Source: the recurrence is that of forward and backward sums (L. E. Baum, 1972), along any graph without cycles.
 *
 * @example
 * ```ts
 * import { graphPath } from '@aimle/distributions';
 *
 * // Two paths of two edges each, and a direct edge that counts twice.
 * const edges = [0, 1, 1, 3, 0, 2, 2, 3, 0, 3];
 * const paths = graphPath({ vertices: 4, edges, from: 0, to: 3, acyclic: true });
 * const costs = Float64Array.of(0, 0, 0, 0, -Math.log(2));
 * Array.from(paths.marginals(costs), (mu) => mu.toFixed(2)) // => ['0.25', '0.25', '0.25', '0.25', '0.50']
 * ```
 */
export function graphPath(options: GraphPathOptions): RankedDistribution {
  checkOptions('graphPath', options, {
    vertices: true,
    edges: true,
    directed: true,
    from: true,
    to: true,
    acyclic: true,
    sense: true,
  });
  const { vertices, edges, from, to, acyclic = false } = options;
  const name = 'graphPath';
  if (!acyclic) {
    throw new RangeError(
      `${name}: a distribution is over paths in a graph without cycles, got acyclic: false; set acyclic: true if it ` +
        'has none, or use graphPath of @aimle/solvers',
    );
  }
  if (from === 'context' || to === 'context') {
    throw new RangeError(
      `${name}: from and to of a distribution must be vertices, the same for all instances, got 'context'; make a ` +
        'distribution for each pair, or use graphPath of @aimle/solvers',
    );
  }
  const solver = graphPathSolver(options);
  return assemble(hypergraphInference(solver, pathGraph(name, vertices, edges, from, to)));
}

/** Builds the hypergraph over the reachable vertices: the node of a vertex stands for the paths from it. */
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

/** Lists the vertices that can be reached without passing `to`, each after all that follow it; `from` is the last. */
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
