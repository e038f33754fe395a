import { type ArborescenceOptions, arborescence as arborescenceSolver, checkOptions } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { Distribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { treeInference } from './inference.js';

/**
 * Builds the distribution of directed spanning trees, in which every vertex except the root has exactly one parent:
 * p(z) is proportional to the product of exp(theta_e) over the tree's edges. With a free root, it is over the trees of
 * all roots.
 *
 * theta is laid out as for the solver: the matrix of parent (row) by child (column) row by row, without its diagonal;
 * edge i -> j is at i * (vertices - 1) + (j < i ? j : j - 1). With a fixed root, theta still contains its incoming
 * edges, which have probability 0. Use it for heads of words (non-projective dependency parsing), for who infected
 * whom, or for which variable drives which.
 *
 * Any spread of theta is safe, even thousands of nats: Tutte's determinant is computed by elimination without
 * subtraction. The relative error of each marginal, even one of 1e-300, is about the spread of theta times 1e-15; that
 * of the entropy is about the square of the spread times 1e-16. It computes with plain weights, and holds each against
 * the range of doubles: up to some 300 nats they suffice. Beyond that it starts again with their logarithms, which take
 * 6 to 15 times as long.
 *
 * Cost: O(vertices^3) for all operations except draws, each of which takes vertices^4 / 12 multiplications. The
 * log-partition takes vertices^3 / 3 of them, marginals 1.3 vertices^3, covariance products three times as many.
 *
 * @param options - the number of vertices, at most 2000 here, the root, and the sense.
 * @returns a distribution with `kappa` = vertices - 1.
 * @throws RangeError when vertices, root or sense is out of range; from its operations, also when masks leave no tree, or
 * when theta spreads so far (by some 1e14) that double precision has no digits left for it.
 * @see Tutte 1948; Koo, Globerson, Carreras and Collins, "Structured prediction models via the matrix-tree theorem",
 * 2007; Grassmann, Taksar and Heyman 1985, for elimination without subtraction; Wilson 1996, for draws.
 *
 * @example
 * ```ts
 * import { arborescence } from '@aimle/distributions';
 *
 * const trees = arborescence({ vertices: 3, root: 0 });
 * const theta = new Float64Array(6); // 0->1, 0->2, 1->0, 1->2, 2->0, 2->1, and all of the three trees alike
 * Array.from(trees.marginals(theta), (mu) => mu.toFixed(3)).join(' ') // => '0.667 0.667 0.000 0.333 0.000 0.333'
 * ```
 */
export function arborescence(options: ArborescenceOptions): Distribution {
  checkOptions('arborescence', options, { vertices: true, root: true, sense: true });
  const { vertices, root } = options;
  checkInteger('arborescence', 'vertices', vertices, 2, 2000);
  const solver = arborescenceSolver(options);
  const tail = new Int32Array(solver.size);
  const head = new Int32Array(solver.size);
  let edge = 0;
  for (let parent = 0; parent < vertices; parent++) {
    for (let child = 0; child < vertices; child++) {
      if (child !== parent) [tail[edge], head[edge++]] = [parent, child];
    }
  }
  return assemble(treeInference(solver, { vertices, tail, head, directed: true, root }));
}
