import { described } from '../description.js';
import { checkVertices, edgeLabel, readEdges } from '../graph/edges.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense, rejectCost, rejectInfeasible } from '../validation.js';
import { maximumFlow } from './maximumFlow.js';
import { SearchTrees } from './searchTrees.js';

/** Steps of the search trees by edge and vertex: pictures of 300 x 300 take some 12, and the fallback as long as 30. */
const maxWork = 64;

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
   * The graph: two vertices per edge, one edge after the other, such as `[0, 1, 1, 2]` or an `Int32Array`. Flatten
   * pairs with `.flat()`. Parallel edges are allowed, loops are not.
   */
  readonly edges: ArrayLike<number>;
  /** Whether an edge leads only from its first vertex to its second (the default), or both ways. */
  readonly directed?: boolean;
  /** The vertex that is on the source side of every cut. */
  readonly source: number;
  /** The vertex that is on the other side. */
  readonly sink: number;
  /** Whether theta is capacities (`'minimise'`, the default) or their negatives. */
  readonly sense?: Sense;
}

/**
 * Builds the minimum-cut solver: it marks the edges of minimum total capacity whose removal separates the sink from the
 * source.
 *
 * z(theta) = argmin of <theta, z> over the cuts: for a set S of vertices with the source and without the sink, z_e = 1
 * where edge e leads from S to its complement (directed), or has one end in each (undirected). Use it to split things
 * into two groups: foreground and background of an image, two communities, items to keep and to drop where some depend
 * on others. Such a cut also gives the best labelling for a sum of pairwise terms that favour agreement.
 *
 * theta has one capacity per edge, in the order of `edges`: at least 0, or at most 0 when maximising. With negative
 * capacities it would be the maximum-cut problem, which is NP-hard. Noise can make capacities negative where theta is
 * not: clip them at 0, or keep theta well above the noise. `Infinity` forbids cutting an edge (`-Infinity` when
 * maximising).
 *
 * Ties: of equally good cuts it takes the one with the smallest source side. It is unique: each of its vertices is on
 * the source side of every best cut. Sums are in double precision.
 *
 * Exact. Cost per instance, without allocation: about O(edges) on pictures and other graphs with short paths, by two
 * search trees (Boykov and Kolmogorov, "An experimental comparison of min-cut/max-flow algorithms", 2004); where they
 * take too long, O(vertices^3) at worst by the push-relabel algorithm (Goldberg and Tarjan, "A new approach to the
 * maximum-flow problem", 1988). The maximum flow equals the minimum cut by Ford and Fulkerson ("Maximal flow through a
 * network", 1956). Memory: about 80 bytes per edge and 55 per vertex.
 *
 * @param options - the graph, source and sink, and the sense.
 * @returns a solver with `kappa` = the minimum number of edges that separate the sink from the source, at least 1; cuts
 * have more edges where capacities differ a lot.
 * @throws RangeError when an option is out of range; from `solve`, also when a capacity is negative or masks leave no
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
  checkOptions('minCut', options, {
    vertices: true,
    edges: true,
    directed: true,
    source: true,
    sink: true,
    sense: true,
  });
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
  const trees = new SearchTrees(vertices, ends, directed, source, sink, maxWork * (vertices + size));
  const fallback = maximumFlow(vertices, ends, directed, source, sink);
  const minEdges = fallback.push(capacities);

  function load(theta: Float32Array, row: number): void {
    const start = row * size;
    let sum = 0;
    for (let edge = 0; edge < size; edge++) {
      const capacity = sign * theta[start + edge]!;
      if (!(capacity >= 0)) rejectCost(name, sense, capacity, row, edgeLabel(ends, edge));
      capacities[edge] = capacity;
      if (capacity < Infinity) sum += capacity;
    }
    // More than any flow that has to cross a finite edge. It acts as infinity, and cannot produce a NaN.
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
          const flow = trees.push(capacities) < 0 ? fallback : trees;
          if (flow === fallback) flow.push(capacities);
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
