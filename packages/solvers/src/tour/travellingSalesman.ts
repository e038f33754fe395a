import { described } from '../description.js';
import { pairIndex } from '../graph/edges.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense, rejectCost, rejectInfeasible } from '../validation.js';
import { heldKarp } from './heldKarp.js';
import { localSearch } from './localSearch.js';

/** Up to this size the solver is exact: 2^12 sets of vertices, in a few milliseconds per instance. */
const maxExactVertices = 13;

/**
 * Settings of {@link travellingSalesman}.
 *
 * @example
 * ```ts
 * import { travellingSalesman, type TravellingSalesmanOptions } from '@aimle/solvers';
 *
 * const options: TravellingSalesmanOptions = { vertices: 40 };
 * travellingSalesman(options).size // => 780
 * ```
 */
export interface TravellingSalesmanOptions {
  /** Number of vertices, in [3, 10000]. A tour of two vertices would use its only edge twice. */
  readonly vertices: number;
  /** Whether theta is costs (`'minimise'`, the default) or scores. */
  readonly sense?: Sense;
}

/**
 * A solver that says whether its answers are optimal.
 *
 * @example
 * ```ts
 * import { travellingSalesman, type TravellingSalesman } from '@aimle/solvers';
 *
 * const small: TravellingSalesman = travellingSalesman({ vertices: 13 });
 * small.exact // => true
 * travellingSalesman({ vertices: 14 }).exact // => false
 * ```
 */
export interface TravellingSalesman extends Solver {
  /** True if every answer is optimal; false if a heuristic finds good answers. */
  readonly exact: boolean;
}

/**
 * Builds the travelling-salesman solver: it marks the edges of the shortest tour that visits every vertex once and
 * returns.
 *
 * z(theta) = argmin of <theta, z> over the tours of the complete undirected graph, where a tour is the set of its
 * `vertices` edges. Use it where the structure is a cyclic order of things and theta their pairwise distances.
 *
 * theta has one number per edge, `size` = vertices * (vertices - 1) / 2: the upper triangle, row by row, as in
 * `spanningTree`; edge (i, j), i < j, is at i * (2v - i - 1) / 2 + j - i - 1. Costs may have either sign and need not
 * obey the triangle inequality. `Infinity` forbids an edge (`-Infinity` when maximising).
 *
 * **Exact up to 13 vertices** (`exact` is true): by the dynamic program of Held and Karp ("A dynamic programming
 * approach to sequencing problems", 1962), O(2^v * v^2), about a millisecond per instance of 13, and three where another
 * tour is as good. Ties break to the lexicographically greatest z.
 *
 * **A heuristic above** (`exact` is false): z is a tour, but not always the best one. It uses nearest neighbour, then
 * 2-opt and Or-opt moves among each vertex's 10 nearest (Croes, "A method for solving traveling-salesman problems",
 * 1958; Or, 1976), then ten times as many rounds as vertices of a small disturbance and its repair, of which the better
 * tour is kept (Martin, Otto and Felten, "Large-step Markov chains for the traveling salesman problem", 1991). On
 * random points in the plane it found the best tour of each of 100 instances of 12 and 13 vertices, and came within 0.1
 * per cent of a lower bound at 60 vertices and 1.7 per cent at 200; on costs without geometry expect less. The same
 * theta gives the same z, but which of several equally good tours it is may change between versions. Moves are compared
 * exactly, however far apart the costs are. If masks leave few tours, it may miss them all, and then throws.
 *
 * No allocation per instance. Cost of the heuristic: O(vertices^2), the size of theta.
 *
 * @param options - the number of vertices, and the sense.
 * @returns a solver with `kappa` = vertices.
 * @throws RangeError when vertices or sense is out of range; from `solve`, also when masks leave no tour or the
 * heuristic finds none.
 *
 * @example
 * ```ts
 * import { travellingSalesman } from '@aimle/solvers';
 *
 * const solver = travellingSalesman({ vertices: 4 });
 * const z = new Float32Array(6);
 * solver.solve(Float32Array.of(1, 9, 1, 1, 9, 1), z, 1); // (0,1), (0,2), (0,3), (1,2), (1,3), (2,3)
 * Array.from(z) // => [1, 0, 1, 1, 0, 1]
 * ```
 */
export function travellingSalesman(options: TravellingSalesmanOptions): TravellingSalesman {
  checkOptions('travellingSalesman', options, { vertices: true, sense: true });
  const { vertices, sense = 'minimise' } = options;
  const name = 'travellingSalesman';
  checkInteger(name, 'vertices', vertices, 3, 10_000);
  checkSense(name, sense);
  const size = (vertices * (vertices - 1)) / 2;
  const sign = sense === 'minimise' ? 1 : -1;
  const exact = vertices <= maxExactVertices;
  const costs = new Float64Array(size);
  const search = (exact ? heldKarp : localSearch)(vertices, costs);

  function load(theta: Float32Array, row: number): void {
    let element = row * size;
    let edge = 0;
    for (let i = 0; i < vertices; i++) {
      for (let j = i + 1; j < vertices; j++) {
        const cost = sign * theta[element++]!;
        if (!(cost > -Infinity)) rejectCost(name, sense, cost, row, `edge (${i}, ${j})`);
        costs[edge++] = cost;
      }
    }
  }

  return described(
    {
      name,
      size,
      sense,
      kappa: vertices,
      exact,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        z.fill(0);
        for (let row = 0; row < rows; row++) {
          load(theta, row);
          const tour = search();
          if (tour === undefined) {
            rejectInfeasible(
              name,
              row,
              exact
                ? 'no tour of unmasked edges visits every vertex'
                : 'the heuristic has found no tour of unmasked edges; mask fewer',
            );
          }
          for (let i = 0; i < vertices; i++) {
            z[row * size + pairIndex(vertices, tour[i]!, tour[i + 1 === vertices ? 0 : i + 1]!)] = 1;
          }
        }
      },
    },
    { vertices, sense },
  );
}
