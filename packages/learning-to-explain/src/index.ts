// Its parts, for a model of your own

export type { Embedding } from './network/embedding.js';
export { Network, type NetworkOptions, type ReadTexts } from './network/network.js';
export type { Scoring } from './network/selector.js';
export type { Padding } from './network/spread.js';
export type { Layout } from './text/layout.js';
export { Vocabulary } from './text/vocabulary.js';
