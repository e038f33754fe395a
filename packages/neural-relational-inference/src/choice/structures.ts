import { arborescence, bernoulli, type Distribution, spanningTree, topK } from '@aimle/distributions';
import { gumbel, logistic, type Noise } from '@aimle/random';
import type { EdgeTruth } from '../motion/truth.js';

/** Which sets of edges are believed possible. */
export type EdgeStructure = 'tree' | 'arborescence' | 'top-k' | 'independent';

/** A set of edge sets, and what can be done with it. */
interface Structure {
  readonly distribution: Distribution;
  /** The noise under which the best states, and their relaxations, are those of the published tricks. */
  readonly noise: Noise;
}

/** What true edges must be, to be told right or wrong by such a structure. */
export function truthOf(structure: EdgeStructure): EdgeTruth {
  if (structure === 'tree' || structure === 'arborescence') return structure;
  return 'graph';
}

export const isDirected = (structure: EdgeStructure): boolean => structure === 'arborescence';

/** The structure over the edges of so many vertices. As many edges as a tree has are the best k; `independent` has any. */
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
      // An edge is there where theta + epsilon > 0: logistic noise makes that the Bernoulli distribution of theta.
      return { distribution: bernoulli({ size }), noise: logistic() };
  }
}
