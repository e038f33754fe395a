// The contract
export type { Context, Sense, Solver } from './solver.js';
// Subsets
export { type TopKOptions, topK } from './subset/topK.js';
// Trees
export { type SpanningTreeOptions, spanningTree } from './tree/spanningTree.js';
