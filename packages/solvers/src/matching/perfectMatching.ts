import { described } from '../description.js';
import { edgeLabel, readEdges } from '../graph/edges.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import {
  checkBatch,
  checkInteger,
  checkSense,
  rejectInfeasible,
  rejectInfinity,
  rejectNaN,
} from '../validation.js';
import { WeightedMatching } from './weightedMatching.js';

/**
 * Settings of {@link perfectMatching}.
 *
 * @example
 * ```ts
 * import { type PerfectMatchingOptions, perfectMatching } from '@aimle/solvers';
 *
 * const complete: PerfectMatchingOptions = { vertices: 6 };
 * perfectMatching(complete).size // => 15
 * const square: PerfectMatchingOptions = { vertices: 4, edges: [0, 1, 1, 2, 2, 3, 3, 0] };
 * perfectMatching(square).size // => 4
 * ```
 */
export interface PerfectMatchingOptions {
  /** Number of vertices, even, in [2, 5000]. */
  readonly vertices: number;
  /**
   * The graph: two vertices per edge, one edge after the other, such as `[0, 1, 1, 2]` or an `Int32Array`. Flatten
   * pairs with `.flat()`. Parallel edges are allowed, loops are not. Default: the complete graph.
   */
  readonly edges?: ArrayLike<number>;
  /** Whether to maximise the total weight (`'maximise'`, the default) or to minimise it (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * Builds the perfect-matching solver: it pairs all vertices of a graph along edges of maximum total weight.
 *
 * z(theta) = argmax of <theta, z> over the edge sets in which each vertex has exactly one edge. Use it to pair up
 * players, patients and donors, or neighbouring pixels of a picture; where the vertices are of two kinds,
 * {@link assignment} is faster.
 *
 * theta has one weight per edge. With `edges`, it is in their order. Without, it is the upper triangle of the complete
 * graph, `size` = vertices * (vertices - 1) / 2, row by row, that is (0,1), (0,2), ..., (0,v-1), (1,2), ... Edge (i,
 * j), i < j, is at i * (2v - i - 1) / 2 + j - i - 1. Among best matchings that tie, it always returns the same one, but
 * not necessarily the lexicographically greatest, which would cost as much as many matchings. A masked edge is never
 * used.
 *
 * Exact where sums of weights are exact in double precision (as for weights within a factor of 2^20 of each other), and
 * otherwise exact up to rounding. Cost: O(vertices^3) per instance, by Edmonds' blossom algorithm with prices, without
 * allocation (Edmonds, "Maximum matching and a polyhedron with 0,1-vertices", 1965). The solver holds about
 * 17 * vertices^2 bytes.
 *
 * @param options - the number of vertices, the edges, and the sense.
 * @returns a solver with `kappa` = vertices / 2.
 * @throws RangeError when vertices is odd or out of range, an edge is not a pair of different vertices, or sense is
 * invalid; from `solve`, as {@link Solver} says.
 *
 * @example
 * ```ts
 * import { perfectMatching } from '@aimle/solvers';
 *
 * const z = new Float32Array(6);
 * // Edges (0,1), (0,2), (0,3), (1,2), (1,3), (2,3) of four vertices: 0 goes with 2, and 1 with 3.
 * perfectMatching({ vertices: 4 }).solve(Float32Array.of(9, 8, 0, 1, 7, 5), z, 1);
 * Array.from(z) // => [0, 1, 0, 0, 1, 0]
 * ```
 */
export function perfectMatching(options: PerfectMatchingOptions): Solver {
  const {
    vertices,
    edges,
    sense = 'maximise',
  } = checkOptions('perfectMatching', options, { vertices: true, edges: true, sense: true });
  const name = 'perfectMatching';
  checkInteger(name, 'vertices', vertices, 2, 5_000);
  if (vertices % 2 !== 0) {
    throw new RangeError(`${name}: vertices must be even, so that each has a partner, got ${vertices}`);
  }
  checkSense(name, sense);
  const sign = sense === 'maximise' ? 1 : -1;
  const ends = edges === undefined ? completeGraph(vertices) : readEdges(name, vertices, edges);
  const size = ends.length / 2;
  const matching = new WeightedMatching(vertices);
  const { weight, blossoms } = matching;
  const edgeBetween = new Int32Array(vertices * vertices);

  function readWeights(theta: Float32Array, row: number): void {
    weight.fill(-Infinity);
    for (let edge = 0; edge < size; edge++) {
      const score = sign * theta[row * size + edge]!;
      // The negation is also true for NaN, which is detected only here, off the common path.
      if (!(score < Infinity)) {
        if (Number.isNaN(score)) rejectNaN(name, row, edgeLabel(ends, edge));
        rejectInfinity(name, sense, row, edgeLabel(ends, edge));
      }
      const there = ends[2 * edge]! * vertices + ends[2 * edge + 1]!;
      // Of parallel edges, the best one counts.
      if (score > weight[there]!) {
        const back = ends[2 * edge + 1]! * vertices + ends[2 * edge]!;
        weight[there] = score;
        weight[back] = score;
        edgeBetween[there] = edge;
        edgeBetween[back] = edge;
      }
    }
  }

  return described(
    {
      name,
      size,
      sense,
      kappa: vertices / 2,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        z.fill(0);
        for (let row = 0; row < rows; row++) {
          readWeights(theta, row);
          const alone = matching.match();
          if (alone >= 0) {
            rejectInfeasible(
              name,
              row,
              `along the edges that are not forbidden some vertex has no partner, such as vertex ${alone}; ` +
                'add edges, or forbid fewer',
            );
          }
          for (let v = 0; v < vertices; v++)
            z[row * size + edgeBetween[v * vertices + blossoms.mate[v]!]!] = 1;
        }
      },
    },
    { vertices, edges, sense },
  );
}

function completeGraph(vertices: number): Int32Array {
  const ends = new Int32Array(vertices * (vertices - 1));
  let at = 0;
  for (let i = 0; i < vertices; i++) {
    for (let j = i + 1; j < vertices; j++) {
      ends[at++] = i;
      ends[at++] = j;
    }
  }
  return ends;
}
