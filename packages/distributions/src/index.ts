// The contract
export type { Distribution, Numbers, RankedDistribution } from './distribution.js';
// Choices and subsets
export { type BernoullisOptions, bernoullis } from './independent/bernoullis.js';
export { type CategoricalsOptions, categoricals } from './enumeration/categoricals.js';
export { type SubsetsBetweenOptions, subsetsBetween } from './subset/subsetsBetween.js';
export { type SubsetsOptions, subsets } from './subset/subsets.js';
export { type KnapsacksOptions, knapsacks } from './knapsack/knapsacks.js';
// Sequences and paths
export { type ChainsOptions, chains } from './sequence/chains.js';
export { type ProjectiveTreesOptions, projectiveTrees } from './sequence/projectiveTrees.js';
export { type SegmentationsOptions, segmentations } from './sequence/segmentations.js';
export { type DagPathsOptions, dagPaths } from './path/dagPaths.js';
// Trees
export { type ArborescencesOptions, arborescences } from './tree/arborescences.js';
export { type SpanningTreesOptions, spanningTrees } from './tree/spanningTrees.js';
// By the list of states
export { type EnumeratedOptions, enumerated } from './enumeration/enumerated.js';
export { type PermutationsOptions, permutations } from './enumeration/permutations.js';
// Top-k under Gumbel noise
export {
  type PlackettLuce,
  type PlackettLuceOptions,
  plackettLuce,
  type RankedLists,
} from './plackettLuce/plackettLuce.js';
