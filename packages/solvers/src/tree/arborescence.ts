import { described } from '../description.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense, rejectCost, rejectInfeasible } from '../validation.js';
import { contraction } from './contraction.js';

/**
 * Settings of {@link arborescence}.
 *
 * @example
 * ```ts
 * import { arborescence, type ArborescenceOptions } from '@aimle/solvers';
 *
 * const options: ArborescenceOptions = { vertices: 10, root: 0 };
 * arborescence(options).size // => 90
 * ```
 */
export interface ArborescenceOptions {
  /** Number of vertices of the complete directed graph, in [2, 5000]. */
  readonly vertices: number;
  /** The root, from which all other vertices descend. Default: the vertex that gives the best tree. */
  readonly root?: number;
  /** Whether to maximise the tree's total weight (`'maximise'`, the default) or to minimise it (`'minimise'`). */
  readonly sense?: Sense;
}

/**
 * Builds the arborescence solver: it marks the edges of the maximum (or minimum) directed spanning tree, in which every
 * vertex except the root has exactly one parent.
 *
 * z(theta) = argmax of <theta, z> over the sets of vertices - 1 edges by which every vertex can be reached from the
 * root. Use it where influence has a direction: which word heads which (non-projective dependency parsing), who
 * infected whom, which variable drives which.
 *
 * theta has one weight per ordered pair, `size` = vertices * (vertices - 1): the square matrix of parent (row) by child
 * (column) row by row, without its diagonal, as relational models such as NRI lay out their logits. Edge i -> j is at
 * i * (vertices - 1) + (j < i ? j : j - 1). With a fixed root, theta still contains its incoming edges, which are never
 * taken.
 *
 * Ties: the same theta always gives the same tree, but not always the lexicographically greatest of the best trees.
 * Where a single vertex has equally good parents, the lower index wins.
 *
 * Exact. Cost: O(vertices^2) per instance, which is linear in theta, without allocation: the algorithm of Chu and Liu
 * (1965) and Edmonds ("Optimum branchings", 1967), in the form for dense graphs by Tarjan ("Finding optimum
 * branchings", 1977). A free root costs no more than a fixed one. The solver holds 12 * vertices^2 bytes: 300 MB at
 * 5000 vertices, the maximum.
 *
 * @param options - the number of vertices, the root, and the sense.
 * @returns a solver with `kappa` = vertices - 1.
 * @throws RangeError when vertices, root or sense is out of range; from `solve`, also when masks leave no tree.
 *
 * @example
 * ```ts
 * import { arborescence } from '@aimle/solvers';
 *
 * const free = arborescence({ vertices: 3 });
 * const theta = Float32Array.of(1, 2, 9, 4, 0, 3); // 0->1, 0->2, 1->0, 1->2, 2->0, 2->1
 * const z = new Float32Array(6);
 * free.solve(theta, z, 1);
 * Array.from(z) // => [0, 0, 1, 1, 0, 0]
 * arborescence({ vertices: 3, root: 0 }).solve(theta, z, 1);
 * Array.from(z) // => [1, 0, 0, 1, 0, 0]
 * ```
 */
export function arborescence(options: ArborescenceOptions): Solver {
  const {
    vertices,
    root,
    sense = 'maximise',
  } = checkOptions('arborescence', options, { vertices: true, root: true, sense: true });
  const name = 'arborescence';
  checkInteger(name, 'vertices', vertices, 2, 5000);
  if (root !== undefined) checkInteger(name, 'root', root, 0, vertices - 1);
  checkSense(name, sense);
  const size = vertices * (vertices - 1);
  const sign = sense === 'maximise' ? 1 : -1;
  const { weights, parents } = contraction(vertices, root);

  function load(theta: Float32Array, row: number): void {
    let at = row * size;
    for (let parent = 0; parent < vertices; parent++) {
      for (let child = 0; child < vertices; child++) {
        if (child === parent) continue;
        const weight = sign * theta[at++]!;
        if (!(weight < Infinity)) rejectCost(name, sense, -weight, row, `edge ${parent} -> ${child}`);
        weights[child * vertices + parent] = weight;
      }
    }
  }

  return described(
    {
      name,
      size,
      sense,
      kappa: vertices - 1,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        z.fill(0);
        for (let row = 0; row < rows; row++) {
          load(theta, row);
          const parentOf = parents();
          if (parentOf === undefined) {
            const from = root === undefined ? 'any one vertex' : `vertex ${root}`;
            rejectInfeasible(name, row, `its unmasked edges do not lead from ${from} to all others`);
          }
          const start = row * size;
          for (let child = 0; child < vertices; child++) {
            const parent = parentOf[child]!;
            if (parent < vertices)
              z[start + parent * (vertices - 1) + (child < parent ? child : child - 1)] = 1;
          }
        }
      },
    },
    { vertices, root, sense },
  );
}
