// The contract
export type { Distribution, Numbers, RankedDistribution } from './distribution.js';
// Trees
export { type ArborescencesOptions, arborescences } from './tree/arborescences.js';
export { type SpanningTreesOptions, spanningTrees } from './tree/spanningTrees.js';
