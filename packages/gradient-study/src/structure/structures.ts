import { type Distribution, spanningTree, topK } from '@aimle/distributions';
import { subsetGumbelGradient } from './subsetGumbelGradient.js';
import { treeGumbelGradient } from './treeGumbelGradient.js';

/** A structure of the study: its Gibbs distribution, which is also a solver, and its Gumbel gradient. */
export interface StudyStructure {
  /** The name in tables, such as `(5,2)` or `tree 5`. */
  readonly name: string;
  /** Number of coordinates of theta and z. */
  readonly size: number;
  /** p(z) proportional to exp <theta, z>. */
  readonly distribution: Distribution;
  /**
   * Computes the gradient in theta of E <c, z> for z = MAP(theta + standard Gumbel noise), without sampling; theta and c,
   * the loss of each coordinate, are [size]. Null where no such formula is known.
   */
  readonly gumbelGradient: ((theta: Float64Array, c: Float64Array) => Float64Array) | null;
}

/**
 * Builds the structure of all k-subsets of n items, as in the paper's synthetic experiments.
 *
 * @example
 * ```ts
 * import { kSubset } from '@aimle/gradient-study';
 *
 * kSubset(5, 2).name; // => '(5,2)'
 * ```
 */
export function kSubset(size: number, k: number): StudyStructure {
  return {
    name: `(${size},${k})`,
    size,
    distribution: topK({ size, k }),
    gumbelGradient: (theta, c) => subsetGumbelGradient(theta, c, k),
  };
}

/**
 * Builds the structure of all spanning trees of the complete graph. Its exact gradient visits Bell(vertices)
 * partitions, so use at most about 8 vertices.
 *
 * @example
 * ```ts
 * import { tree } from '@aimle/gradient-study';
 *
 * tree(5).size; // => 10
 * ```
 */
export function tree(vertices: number): StudyStructure {
  const distribution = spanningTree({ vertices });
  return {
    name: `tree ${vertices}`,
    size: distribution.size,
    distribution,
    gumbelGradient: treeGumbelGradient(vertices),
  };
}
