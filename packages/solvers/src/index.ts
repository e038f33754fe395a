// The contract
export type { Context, Sense, Solver } from './solver.js';
// Rankings, permutations and assignments
export { type AssignmentOptions, assignment } from './assignment/assignment.js';
export { type PermutationOptions, permutation } from './assignment/permutation.js';
export { type RankingOptions, ranking } from './ranking/ranking.js';
// Matchings
export { type PerfectMatchingOptions, perfectMatching } from './matching/perfectMatching.js';
// Subsets
export { type AtMostKOptions, atMostK } from './subset/atMostK.js';
export { type BernoulliOptions, bernoulli } from './subset/bernoulli.js';
export { type BetweenKOptions, betweenK } from './subset/betweenK.js';
export { type CategoricalOptions, categorical } from './subset/categorical.js';
export { type TopKOptions, topK } from './subset/topK.js';
// Trees
export { type ArborescenceOptions, arborescence } from './tree/arborescence.js';
export { type SpanningTreeOptions, spanningTree } from './tree/spanningTree.js';
// Paths, cuts and tours
export { type MinCutOptions, minCut } from './cut/minCut.js';
export { type GraphPathOptions, graphPath } from './path/graphPath.js';
export { type GridPathOptions, gridPath } from './path/gridPath.js';
export {
  type TravellingSalesman,
  type TravellingSalesmanOptions,
  travellingSalesman,
} from './tour/travellingSalesman.js';
// Sequences
export { type ChainOptions, chain } from './sequence/chain.js';
export { type ProjectiveTreeOptions, projectiveTree } from './sequence/projectiveTree.js';
export { type SegmentationOptions, segmentation } from './sequence/segmentation.js';
// Knapsack
export { type KnapsackOptions, knapsack } from './knapsack/knapsack.js';
// Your own
export { type CustomOptions, custom } from './custom/custom.js';
