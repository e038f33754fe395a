// Choosing an engine

export { inspectEngines } from './selection/inspectEngines.js';
export {
  type EngineName,
  type EngineReport,
  engineLine,
  type SelfTestResult,
  type SkippedEngine,
} from './selection/report.js';
export { currentEngine, type EngineOptions, useEngine } from './selection/useEngine.js';

// Operations that TensorFlow.js lacks

export { bceWithLogits } from './operations/bceWithLogits.js';
export { customGradient, type Differentiated } from './operations/customGradient.js';
export { dense } from './operations/dense.js';
export type { DenseActivation } from './operations/denseGradient.js';
export { type HostCallback, hostCallback } from './operations/hostCallback.js';
export { readValues, tensorOfCopy } from './operations/hostMemory.js';
export { stopGradient } from './operations/stopGradient.js';

// Training with several workers

export type { BatchPart } from './operations/batchPart.js';

// Optimisation

export { type Adam, type AdamOptions, type AdamState, adam } from './optimiser/adam.js';
export type { AdamCoefficients } from './optimiser/moments.js';
export { type AdamArrays, adamCoefficients, moveByAdam } from './optimiser/moveByAdam.js';
export { type ValueAndGradients, valueAndGradients } from './optimiser/valueAndGradients.js';
