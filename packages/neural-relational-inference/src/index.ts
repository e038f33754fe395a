// How edges are chosen
export { type EdgeChoice, edgeChoice } from './choice/edgeChoice.js';
export type { EdgeStructure } from './choice/structures.js';
// How well it does
export { type EdgeMetrics, edgeMetrics, officialEdgeMetrics } from './evaluation/edgeMetrics.js';
export { type Evaluation, type EvaluationOptions, evaluate } from './evaluation/evaluate.js';
// The data: hidden trees that move vertices
export { type GraphLayoutSizes, graphLayout, graphLayoutDataset } from './graphLayout/dataset.js';
export { readGraphLayout, type Split } from './graphLayout/files.js';
export { type LayoutStep, layoutStep } from './graphLayout/layoutStep.js';
export { type SimulationOptions, simulateGraphLayout } from './graphLayout/simulate.js';
export { simulateInThreads, type ThreadedSimulationOptions } from './graphLayout/simulateInThreads.js';
// The model
export { Network, type NetworkSizes, type Pass } from './model/network.js';
// Recorded motion
export { batchOf, edgesOf, type PositionScale, scaleOf } from './motion/batch.js';
export { checkMotions, type Motions } from './motion/motions.js';
export { motionsFromNpy } from './motion/motionsFromNpy.js';
export { type NamedMotions, readRecordings } from './motion/recordingsFile.js';
export type { Truth } from './motion/truth.js';
// What it is trained on
export { gumbelDivergence } from './objective/divergence.js';
export { gaussianConstant, negativeLogLikelihood } from './objective/likelihood.js';
// What a trained model believes
export { type EdgePredictor, openEdgePredictor } from './predict/openEdgePredictor.js';
// The task
export type { RelationalConfig } from './task/settings.js';
export type { RelationalBatch } from './task/session.js';
export { neuralRelationalInference } from './task/task.js';
