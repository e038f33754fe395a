// The task

export { neuralRelationalInference } from './task/task.js';
export type { RelationalConfig } from './task/settings.js';

// Predictions of a trained model

export { type EdgePredictor, openEdgePredictor } from './predict/openEdgePredictor.js';

// Recorded motion

export { checkMotions, type Motions, type NamedMotions } from './motion/motions.js';
export { readRecordings } from './motion/recordingsFile.js';
export { motionsFromNpy } from './motion/motionsFromNpy.js';
export type { EdgeTruth } from './motion/truth.js';
export { batchOf, edgesOf, type PositionScale, type RelationalBatch, scaleOf } from './motion/batch.js';

// The data: hidden trees that move vertices

export { type GraphLayoutSizes, graphLayout, graphLayoutDataset } from './graphLayout/dataset.js';
export { readGraphLayout, type Split } from './graphLayout/files.js';
export { type SimulationOptions, simulateGraphLayout } from './graphLayout/simulate.js';
export { simulateInThreads, type ThreadedSimulationOptions } from './graphLayout/simulateInThreads.js';
export { type LayoutStep, layoutStep } from './graphLayout/layoutStep.js';

// The model

export {
  RelationalNetwork,
  type RelationalNetworkSizes,
  type RelationalPassOptions,
} from './model/network.js';

// How edges are chosen

export { type EdgeChoice, edgeChoice } from './choice/edgeChoice.js';
export type { EdgeStructure } from './choice/structures.js';

// The objective

export { gaussianConstant, gumbelDivergence, negativeLogLikelihood } from './objective.js';

// Evaluation

export { type Evaluation, type EvaluationOptions, evaluate } from './evaluation/evaluate.js';
export { type EdgeMetrics, edgeMetrics, officialEdgeMetrics } from './evaluation/edgeMetrics.js';
