import { checkOptions, type SpanningTreeOptions, spanningTree as spanningTreeSolver } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { Distribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { treeInference } from './inference.js';

/**
 * Builds the distribution of undirected spanning trees: p(z) is proportional to the product of exp(theta_e) over the
 * tree's edges.
 *
 * theta is laid out as for the solver: the upper triangle of the complete graph row by row, or the user's edges in
 * their order. Use it for a latent graph that is a tree, to compute exact gradients or to judge estimates of them.
 *
 * Any spread of theta is safe, even thousands of nats: the matrix-tree theorem's determinant is computed by elimination
 * without subtraction. The relative error of each marginal, even one of 1e-300, is about the spread of theta times
 * 1e-15; that of the entropy is about the square of the spread times 1e-16. It computes with plain weights, and holds
 * each against the range of doubles: up to some 300 nats they suffice. Beyond that it starts again with their
 * logarithms, which take 6 to 15 times as long.
 *
 * Cost: O(vertices^3) for all operations except draws, each of which takes vertices^4 / 12 multiplications. The
 * log-partition takes vertices^3 / 3 of them, marginals 1.3 vertices^3, covariance products three times as many.
 *
 * @param options - the number of vertices, at most 2000 here, the edges, and the sense.
 * @returns a distribution with `kappa` = vertices - 1.
 * @throws RangeError when vertices or sense is out of range, an edge is not a pair of different vertices, or the edges
 * do not join all vertices; from its operations, also when masks leave no tree, or when theta spreads so far (by some
 * 1e14) that double precision has no digits left for it.
 * @see Kirchhoff 1847; Grassmann, Taksar and Heyman, "Regenerative analysis and steady state distributions for Markov
 * chains", 1985, for elimination without subtraction; Wilson, "Generating random spanning trees more quickly than the
 * cover time", 1996.
 *
 * @example
 * ```ts
 * import { spanningTree } from '@aimle/distributions';
 *
 * const trees = spanningTree({ vertices: 4 });
 * const theta = new Float64Array(6); // all of the 16 trees alike
 * Math.exp(trees.logPartition(theta)[0]!).toFixed(9) // => '16.000000000'
 * trees.marginals(theta)[0]!.toFixed(9) // => '0.500000000'
 * ```
 */
export function spanningTree(options: SpanningTreeOptions): Distribution {
  checkOptions('spanningTree', options, { vertices: true, edges: true, sense: true });
  const { vertices, edges } = options;
  checkInteger('spanningTree', 'vertices', vertices, 2, 2000);
  const solver = spanningTreeSolver(options);
  const tail = new Int32Array(solver.size);
  const head = new Int32Array(solver.size);
  if (edges === undefined) {
    let edge = 0;
    for (let i = 0; i < vertices; i++) {
      for (let j = i + 1; j < vertices; j++, edge++) [tail[edge], head[edge]] = [i, j];
    }
  } else {
    for (let e = 0; e < solver.size; e++) [tail[e], head[e]] = [edges[2 * e]!, edges[2 * e + 1]!];
  }
  return assemble(treeInference(solver, { vertices, tail, head, directed: false, root: undefined }));
}
