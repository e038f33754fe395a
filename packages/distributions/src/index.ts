// Subsets

export { topK } from './subset/topK.js';
export { categorical } from './enumeration/categorical.js';
export { bernoulli } from './independent/bernoulli.js';
export { atMostK } from './subset/atMostK.js';
export { betweenK } from './subset/betweenK.js';
export { knapsack } from './knapsack/knapsack.js';

// Trees and paths

export { spanningTree } from './tree/spanningTree.js';
export { arborescence } from './tree/arborescence.js';
export { graphPath } from './path/graphPath.js';

// Sequences

export { chain } from './sequence/chain.js';
export { segmentation } from './sequence/segmentation.js';
export { projectiveTree } from './sequence/projectiveTree.js';

// By the list of states

export { permutation } from './enumeration/permutation.js';
export { type EnumeratedOptions, enumerated } from './enumeration/enumerated.js';

// Top-k under Gumbel noise, as list and as set

export {
  type PlackettLuce,
  type PlackettLuceOptions,
  plackettLuce,
  type RankedLists,
} from './plackettLuce/plackettLuce.js';

// What all distributions have in common

export type { Distribution, FloatArray, RankedDistribution } from './distribution.js';

// Options, the same as those of the solvers

export type {
  ArborescenceOptions,
  AtMostKOptions,
  BernoulliOptions,
  BetweenKOptions,
  CategoricalOptions,
  ChainOptions,
  GraphPathOptions,
  KnapsackOptions,
  PermutationOptions,
  ProjectiveTreeOptions,
  SegmentationOptions,
  SpanningTreeOptions,
  TopKOptions,
} from '@aimle/solvers';
