// Train and evaluate

export { type TrainOptions, trainTask } from './trainTask.js';
export { type EvaluateOptions, evaluateRun } from './evaluateRun.js';
export { type OpenedCheckpoint, openCheckpoint, openSession } from './evaluateRun.js';

// Models and tasks

export type {
  BatchParts,
  BeginStep,
  Model,
  ParallelTask,
  Selection,
  Session,
  Task,
  TaskContext,
} from './contracts/session.js';
export type { JsonValue } from './json.js';
export { contentMark } from './contentMark.js';

// Settings as tables

export { type ConfigOf, type SettingsTable, settingsTable } from './settings/settingsTable.js';
export type { Setting, SettingValue } from './settings/setting.js';
export { loopSettings, splitSettings, type TaskConfig } from './settings/loopSettings.js';
export { atMost, parametersFit, type SettingRule } from './settings/settingsTable.js';
export { type GivenSettings, makeConfig, extendConfig } from './settings/configure.js';
export { settingsMarkdown } from './settings/describe.js';

// Parts of a task

export { type Linear, type LinearOptions, linear } from './layers/linear.js';
export { type EpochOrder, epochOrder } from './loop/epochOrder.js';
export { type StepLosses, trainStep } from './loop/trainStep.js';
export { type AdaptiveLayer, layerModel } from './contracts/session.js';
export type { DrawingsFigure, Figure, ImagesFigure, TextsFigure } from './contracts/figure.js';

// Results of training

export type { RunSummary } from './run/runSummary.js';
export type { TrainEvent } from './loop/runLogger.js';
export { type Metrics, type MetricsLine, readMetrics } from './metrics/metrics.js';
export { InterruptedError, RequestError } from './errors.js';

// Run directories

export { createRun, openRun, type Run, type RunEngine, type RunRecord, type RunStart } from './run/run.js';
export { type RunFailure, readFailure } from './run/failure.js';
export { folderStore, memoryStore, type RunStore } from './run/runStore.js';

// Checkpoints

export { loadWeights, type TensorValues, type Weights } from './checkpoint/weights.js';
export { type Checkpoint, type Progress, readCheckpoint } from './checkpoint/checkpoint.js';
