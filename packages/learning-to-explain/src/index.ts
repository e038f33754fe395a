// The task

export type { LearningToExplainConfig } from './settings.js';
export type { LearningToExplainBatch } from './model.js';
export { type Explainer, type ExplainerOptions, openExplainer } from './openExplainer.js';
export type { Prediction } from './predict.js';
export type { ExplainingSession } from './session.js';
export { type LearningToExplainTask, learningToExplain } from './task.js';

// Its parts, for your own model

export {
  type Embedding,
  ExplainerNetwork,
  type ExplainerNetworkOptions,
  type ReadTexts,
} from './network/network.js';
export type { ScoringOptions } from './network/selector.js';
export { selectionEstimator } from './selection/selection.js';
export type { Padding, TextLayout, Truncate } from './text/layout.js';
export { Vocabulary } from './text/vocabulary.js';
