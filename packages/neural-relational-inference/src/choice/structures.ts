import { arborescence, bernoulli, type Distribution, spanningTree, topK } from '@aimle/distributions';
import { gumbel, logistic, type Noise } from '@aimle/random';
import type { EdgeTruth } from '../motion/truth.js';

/** Which sets of edges are possible. */
export type EdgeStructure = 'tree' | 'arborescence' | 'top-k' | 'independent';

interface Structure {
  readonly distribution: Distribution;
  /** The noise of the published methods, for best states and for relaxations. */
  readonly noise: Noise;
}

/** Returns what true edges must be to be compared with such a structure. */
export function truthOf(structure: EdgeStructure): EdgeTruth {
  if (structure === 'tree' || structure === 'arborescence') return structure;
  return 'graph';
}

export const isDirected = (structure: EdgeStructure): boolean => structure === 'arborescence';

/** Builds the structure over the edges of `vertices` vertices. `top-k` chooses as many edges as a tree has; `independent` any. */
export function structureOf(structure: EdgeStructure, vertices: number): Structure {
  const size = (vertices * (vertices - 1)) / 2;
  const k = vertices - 1;
  switch (structure) {
    case 'tree':
      return { distribution: spanningTree({ vertices }), noise: gumbel() };
    case 'arborescence':
      return { distribution: arborescence({ vertices }), noise: gumbel() };
    case 'top-k':
      return { distribution: topK({ size, k }), noise: gumbel() };
    case 'independent':
      // An edge exists where theta + epsilon > 0: with logistic noise, that is the Bernoulli distribution of theta.
      return { distribution: bernoulli({ size }), noise: logistic() };
  }
}
