import { spanningTree, topK } from '@aimle/distributions';
import type { StudyStructure } from './structure.js';
import { subsetGumbelGradient } from './subsetGumbelGradient.js';
import { treeGumbelGradient } from './treeGumbelGradient.js';

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
