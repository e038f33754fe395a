import { described } from '../description.js';
import { checkVertices, edgeLabel, readEdges } from '../graph/edges.js';
import { rejectCost } from '../graph/rejectCost.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense, rejectInfeasible } from '../validation.js';
import { maximumFlow } from './maximumFlow.js';

/**
 * Settings of {@link minCut}.
 *
 * @example
 * ```ts
 * import { minCut, type MinCutOptions } from '@aimle/solvers';
 *
 * const options: MinCutOptions = { vertices: 3, edges: [0, 1, 1, 2, 0, 2], source: 0, sink: 2 };
 * minCut(options).size // => 3
 * ```
 */
export interface MinCutOptions {
  /** Number of vertices, in [2, 10^7]. */
  readonly vertices: number;
  /**
   * The graph, two vertices an edge, one edge after the other: `[0, 1, 1, 2]` or an `Int32Array`; `.flat()` makes it of
   * pairs. Parallel edges are allowed, loops are not.
   */
  readonly edges: ArrayLike<number>;
  /** Whether an edge leads from its first vertex to its second only (the default), or both ways. */
  readonly directed?: boolean;
  /** The vertex that is on the source side of every cut. */
  readonly source: number;
  /** The vertex that is on the other side. */
  readonly sink: number;
  /** Whether theta is capacities (`'minimise'`, the default) or their negatives. */
  readonly sense?: Sense;
}

/**
 * The minimum-cut solver: marks the edges of least total capacity whose removal separates the sink from the source.
 *
 * z(theta) = argmin of <theta, z> over the cuts: for a set S of vertices with the source and without the sink, z_e = 1
 * where edge e leads from S to its complement (directed), or has one end in each (undirected). Use it to part things
 * into two: foreground from background in an image, two communities, what to keep and what to drop where some things
 * need others; the sum of pairwise terms that favour agreement has its best labelling by such a cut.
 *
 * theta has one capacity an edge, in the order of `edges`: at least 0, or at most 0 when maximising. A cut through
 * negative capacities would be the maximum-cut problem, which is hard. Noise can make capacities negative where theta is
 * not: cut off at 0, or keep theta well above the noise. `Infinity` forbids to cut an edge (`-Infinity` when
 * maximising).
 *
 * Ties: of equally good cuts the one with the smallest source side, which is unique: each of its vertices is on the
 * source side of every best cut. Sums are in double precision.
 *
 * Exact. Cost: O(vertices^3) an instance at worst and far less on the graphs of practice, without allocation, by the
 * push-relabel algorithm (Goldberg and Tarjan, "A new approach to the maximum-flow problem", 1988); that the greatest
 * flow equals the least cut is from Ford and Fulkerson ("Maximal flow through a network", 1956). Memory: some 40 bytes
 * an edge and 30 a vertex.
 *
 * @param options - the graph, source and sink, and the sense.
 * @returns a solver with `kappa` = the fewest edges that separate sink from source, at least 1; cuts of more edges are
 * common where capacities differ much.
 * @throws RangeError when an option is out of range; in `solve` also for a negative capacity, and where masks leave no
 * cut.
 *
 * @example
 * ```ts
 * import { minCut } from '@aimle/solvers';
 *
 * const edges = [0, 1, 0, 2, 1, 3, 2, 3];
 * const solver = minCut({ vertices: 4, edges, source: 0, sink: 3 });
 * const z = new Float32Array(4);
 * solver.solve(Float32Array.of(5, 1, 2, 4), z, 1);
 * Array.from(z) // => [0, 1, 1, 0]
 * ```
 */
export function minCut(options: MinCutOptions): Solver {
  const { vertices, edges, directed = true, source, sink, sense = 'minimise' } = options;
  const name = 'minCut';
  checkVertices(name, vertices, 2);
  checkInteger(name, 'source', source, 0, vertices - 1);
  checkInteger(name, 'sink', sink, 0, vertices - 1);
  if (source === sink) {
    throw new RangeError(`${name}: source and sink must be two vertices, got ${source} for both`);
  }
  checkSense(name, sense);
  const ends = readEdges(name, vertices, edges);
  const size = ends.length / 2;
  const sign = sense === 'minimise' ? 1 : -1;
  const capacities = new Float64Array(size).fill(1);
  const flow = maximumFlow(vertices, ends, directed, source, sink);
  const minEdges = flow.push(capacities);

  function load(theta: Float32Array, row: number): void {
    const start = row * size;
    let sum = 0;
    for (let edge = 0; edge < size; edge++) {
      const capacity = sign * theta[start + edge]!;
      if (!(capacity >= 0)) rejectCost(name, sense, capacity, row, edgeLabel(ends, edge));
      capacities[edge] = capacity;
      if (capacity < Infinity) sum += capacity;
    }
    // More than any flow that has to cross a finite edge: as good as endless, and no source of NaN.
    const largeCapacity = 2 * sum + 1;
    for (let edge = 0; edge < size; edge++)
      if (capacities[edge] === Infinity) capacities[edge] = largeCapacity;
  }

  return described(
    {
      name,
      size,
      sense,
      kappa: Math.max(1, minEdges),
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        for (let row = 0; row < rows; row++) {
          load(theta, row);
          flow.push(capacities);
          const start = row * size;
          for (let edge = 0; edge < size; edge++) {
            const tail = flow.reaches(ends[2 * edge]!);
            const head = flow.reaches(ends[2 * edge + 1]!);
            const cut = directed ? tail && !head : tail !== head;
            if (cut && sign * theta[start + edge]! === Infinity) {
              rejectInfeasible(
                name,
                row,
                `edges that must not be cut lead from vertex ${source} to vertex ${sink}`,
              );
            }
            z[start + edge] = cut ? 1 : 0;
          }
        }
      },
    },
    { vertices, edges, directed, source, sink, sense },
  );
}
