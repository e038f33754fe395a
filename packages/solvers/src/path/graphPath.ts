import { described } from '../description.js';
import { checkVertices, edgeLabel, readEdges } from '../graph/edges.js';
import { type Incidence, incidence } from '../graph/incidence.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkSense, rejectCost, rejectInfeasible } from '../validation.js';
import { dijkstra, type ToGo } from './dijkstra.js';
import { endPoint } from './endPoint.js';
import { sweep } from './sweep.js';
import { typicalSteps } from './typicalSteps.js';

/**
 * Settings of {@link graphPath}.
 *
 * @example
 * ```ts
 * import { graphPath, type GraphPathOptions } from '@aimle/solvers';
 *
 * const options: GraphPathOptions = { vertices: 4, edges: [0, 1, 1, 3, 0, 2, 2, 3], from: 0, to: 3 };
 * graphPath(options).size // => 4
 * ```
 */
export interface GraphPathOptions {
  /** Number of vertices, in [2, 10^7]. */
  readonly vertices: number;
  /**
   * The graph: two vertices per edge, one edge after the other, such as `[0, 1, 1, 2]` or an `Int32Array`. Flatten
   * pairs with `.flat()`. Parallel edges are allowed, loops are not.
   */
  readonly edges: ArrayLike<number>;
  /** Whether an edge leads only from its first vertex to its second (the default), or both ways. */
  readonly directed?: boolean;
  /** Where paths begin: a vertex, or `'context'` for one per instance, in `context.from`. */
  readonly from: number | 'context';
  /** Where paths end: a vertex, or `'context'` for one per instance, in `context.to`. */
  readonly to: number | 'context';
  /** Declares that the edges form no directed cycle; costs may then have either sign. Default: false. */
  readonly acyclic?: boolean;
  /** Whether theta is costs (`'minimise'`, the default) or scores. */
  readonly sense?: Sense;
}

/**
 * Builds the shortest-path solver for your own graph: it marks the edges of the best path from one vertex to another.
 *
 * z(theta) = argmin of <theta, z> over the paths from `from` to `to`, where a path is the set of its edges. Use it for
 * routes in a road network, for parses and alignments that are paths in a lattice, and for any dynamic program. With
 * `acyclic`, costs may be negative, and `sense: 'maximise'` finds the longest path.
 *
 * theta has one number per edge, in the order of `edges`. Without `acyclic` it must be costs of at least 0, or scores
 * of at most 0 when maximising: with negative costs, shortest paths are a much harder problem. Noise can make costs
 * negative where theta is not: clip them at 0, or keep theta well above the noise. `Infinity` forbids an edge
 * (`-Infinity` when maximising). A path from a vertex to itself has no edges.
 *
 * Ties: of equally good paths it takes one with the fewest steps; of these, from the start on, the one that goes to the
 * lowest next vertex, by the edge of the lowest index. Costs are summed in double precision from the end.
 *
 * Exact. Cost per instance, without allocation: O((edges + vertices) log vertices) at worst, by Dijkstra's algorithm on
 * a heap (Dijkstra, "A note on two problems in connexion with graphs", 1959), which stops when it meets the start;
 * O(edges + vertices) with `acyclic`, by one sweep in topological order.
 *
 * @param options - the graph, the end points, and the sense.
 * @returns a solver with `kappa` = the minimum number of edges from `from` to `to` (a mean where the context gives
 * them), at least 1.
 * @throws RangeError when an option is out of range, or `acyclic` is declared and there is a cycle; from `solve`, also
 * for a negative cost where none is allowed, for a context without the end points, and when no path leads to the end.
 *
 * @example
 * ```ts
 * import { graphPath } from '@aimle/solvers';
 *
 * const edges = [0, 1, 1, 3, 0, 2, 2, 3];
 * const shortest = graphPath({ vertices: 4, edges, from: 0, to: 3 });
 * const z = new Float32Array(4);
 * shortest.solve(Float32Array.of(1, 5, 2, 2), z, 1);
 * Array.from(z) // => [0, 0, 1, 1]
 *
 * const longest = graphPath({ vertices: 4, edges, from: 'context', to: 3, acyclic: true, sense: 'maximise' });
 * longest.solve(Float32Array.of(1, -5, 2, 2), z, 1, { from: [1] });
 * Array.from(z) // => [0, 1, 0, 0]
 * ```
 */
export function graphPath(options: GraphPathOptions): Solver {
  checkOptions('graphPath', options, {
    vertices: true,
    edges: true,
    directed: true,
    from: true,
    to: true,
    acyclic: true,
    sense: true,
  });
  const { vertices, edges, directed = true, acyclic = false, sense = 'minimise' } = options;
  const name = 'graphPath';
  checkVertices(name, vertices, 2);
  checkSense(name, sense);
  if (acyclic && !directed) {
    throw new RangeError(
      `${name}: acyclic needs directed edges, got directed: false; leave out one of the two`,
    );
  }
  const ends = readEdges(name, vertices, edges);
  const from = endPoint(name, 'from', options.from, vertices, 'vertices');
  const to = endPoint(name, 'to', options.to, vertices, 'vertices');
  const size = ends.length / 2;
  const sign = sense === 'minimise' ? 1 : -1;
  const minCost = acyclic ? -Number.MAX_VALUE : 0;
  const leaving = incidence(vertices, ends, directed ? 'along' : 'both');
  const entering = directed ? incidence(vertices, ends, 'against') : leaving;
  const toGo = acyclic
    ? sweep(name, vertices, ends, leaving, sign)
    : dijkstra(vertices, ends, entering, sign);

  /** Throws for the first cost that is not allowed. */
  function rejectFirst(theta: Float32Array, row: number): void {
    const start = row * size;
    for (let edge = 0; edge < size; edge++) {
      const cost = sign * theta[start + edge]!;
      if (!(cost >= minCost)) {
        rejectCost(
          name,
          sense,
          cost,
          row,
          edgeLabel(ends, edge),
          'clip theta at 0, noise included, or declare acyclic if the graph is',
        );
      }
    }
  }

  return described(
    {
      name,
      size,
      sense,
      kappa: typicalSteps(vertices, ends, entering, options.from, options.to),
      solve(theta, z, rows, context) {
        checkBatch(name, size, theta, z, rows);
        from.open(context, rows);
        to.open(context, rows);
        z.fill(0);
        for (let row = 0; row < rows; row++) {
          const start = from.of(row);
          const target = to.of(row);
          if (!toGo.find(theta, row * size, start, target)) rejectFirst(theta, row);
          if (toGo.cost[start] === Infinity) {
            rejectInfeasible(
              name,
              row,
              `no path of unmasked edges leads from vertex ${start} to vertex ${target}`,
            );
          }
          walk(leaving, ends, sign, toGo, start, target, theta, z, row * size);
        }
      },
    },
    { vertices, edges, directed, from: options.from, to: options.to, acyclic, sense },
  );
}

/** Follows the values to the target, and repeats the sums of the search exactly. */
function walk(
  { first, arcs }: Incidence,
  ends: Int32Array,
  sign: 1 | -1,
  { cost, steps }: ToGo,
  start: number,
  target: number,
  theta: Float32Array,
  z: Float32Array,
  offset: number,
): void {
  let vertex = start;
  while (vertex !== target) {
    const left = cost[vertex]!;
    const stepsLeft = steps[vertex]! - 1;
    let next = Infinity;
    let by = -1;
    for (let i = first[vertex]!; i < first[vertex + 1]!; i++) {
      const edge = arcs[i]! >> 1;
      const other = ends[arcs[i]! ^ 1]!;
      if (other >= next || steps[other] !== stepsLeft) continue;
      if (sign * theta[offset + edge]! + cost[other]! === left) {
        next = other;
        by = edge;
      }
    }
    z[offset + by] = 1;
    vertex = next;
  }
}
