// The contract
export type { Distribution, Numbers, RankedDistribution } from './distribution.js';
