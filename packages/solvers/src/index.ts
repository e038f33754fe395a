// Subsets

export { type TopKOptions, topK } from './subset/topK.js';
export { type CategoricalOptions, categorical } from './subset/categorical.js';
export { type BernoulliOptions, bernoulli } from './subset/bernoulli.js';
export { type AtMostKOptions, atMostK } from './subset/atMostK.js';
export { type BetweenKOptions, betweenK } from './subset/betweenK.js';
export { type KnapsackOptions, knapsack } from './knapsack/knapsack.js';

// Trees

export { type SpanningTreeOptions, spanningTree } from './tree/spanningTree.js';
export { type ArborescenceOptions, arborescence } from './tree/arborescence.js';

// Paths, tours and cuts

export { type GridPathOptions, gridPath } from './path/gridPath.js';
export { type GraphPathOptions, graphPath } from './path/graphPath.js';
export {
  type TravellingSalesman,
  type TravellingSalesmanOptions,
  travellingSalesman,
} from './tour/travellingSalesman.js';
export { type MinCutOptions, minCut } from './cut/minCut.js';

// Assignments, matchings and rankings

export { type AssignmentOptions, assignment } from './assignment/assignment.js';
export { type PermutationOptions, permutation } from './assignment/permutation.js';
export { type PerfectMatchingOptions, perfectMatching } from './matching/perfectMatching.js';
export { type RankingOptions, ranking } from './ranking/ranking.js';

// Sequences

export { type ChainOptions, chain } from './sequence/chain.js';
export { type SegmentationOptions, segmentation } from './sequence/segmentation.js';
export { type ProjectiveTreeOptions, projectiveTree } from './sequence/projectiveTree.js';

// Your own

export { type CustomOptions, custom } from './custom/custom.js';

// What all solvers have in common

export type { Context, Sense, Solver, StructureDescription } from './solver.js';
export { descriptionOf } from './description.js';

// Options from callers without types

export { checkOptions, type OptionNames } from './options.js';
