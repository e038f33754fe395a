// Train and evaluate

export { type TrainOptions, trainTask } from './trainTask.js';
export { type EvaluateOptions, evaluateRun } from './evaluateRun.js';

// Models and tasks

export type { Task, TaskContext } from './contracts/task.js';
export type { Model, Selection, Session } from './contracts/session.js';
export type { JsonValue } from './json.js';

// Settings as tables

export { type ConfigOf, type SettingsTable, settingsTable } from './settings/settingsTable.js';
export type { Setting, SettingValue } from './settings/setting.js';
export { loopSettings, splitSettings, type TaskConfig } from './settings/loopSettings.js';
export { atMost, type SettingRule } from './settings/settingsTable.js';
export { type GivenSettings, makeConfig, extendConfig } from './settings/configure.js';
export { settingsMarkdown } from './settings/describe.js';

// Parts of a task

export { type Linear, type LinearOptions, linear } from './layers/linear.js';
export { type EpochOrder, epochOrder } from './loop/epochOrder.js';
export { type StepStatistics, stepMetrics } from './metrics/stepMetrics.js';
export type { DrawingsFigure, Figure, ImagesFigure, TextsFigure } from './contracts/figure.js';

// Results of training

export type { RunSummary } from './run/runSummary.js';
export type { TrainEvent } from './loop/runLogger.js';
export { type Metrics, type MetricsLine, readMetrics } from './metrics/metrics.js';
export { InterruptedError, RequestError } from './errors.js';

// Run directories

export { createRun, openRun, type Run, type RunEngine, type RunRecord, type RunStart } from './run/run.js';
export { folderStore } from './run/folderStore.js';
export { memoryStore, type RunStore } from './run/runStore.js';

// Checkpoints

export { loadWeights, type TensorValues, type Weights } from './checkpoint/weights.js';
export { type Checkpoint, type Progress, readCheckpoint } from './checkpoint/checkpoint.js';
