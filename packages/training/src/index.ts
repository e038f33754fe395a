// Train and evaluate

export { type TrainOptions, trainTask } from './trainTask.js';
export { type EvaluateOptions, evaluateRun } from './evaluateRun.js';

// What can be trained

export type { Task, TaskContext } from './contracts/task.js';
export type { Selection, Session } from './contracts/session.js';
export type { Model } from './contracts/model.js';
export type { JsonValue } from './contracts/json.js';

// Settings as tables

export { type ConfigOf, type SettingsTable, settingsTable } from './settings/settingsTable.js';
export type { Setting, SettingValue } from './settings/setting.js';
export { loopSettings, splitSettings, type TaskConfig } from './settings/loopSettings.js';
export { atMost, type SettingRule } from './settings/settingsTable.js';
export { type Asked, configured, lengthened } from './settings/configure.js';
export { settingsMarkdown } from './settings/describe.js';

// What a task is made of

export { type Linear, type LinearOptions, linear } from './layers/linear.js';
export { type EpochOrder, epochOrder } from './loop/epochOrder.js';
export { type StepStatistics, stepMetrics } from './loop/stepMetrics.js';
export type { DrawingsFigure, Figure, ImagesFigure, TextsFigure } from './contracts/figure.js';

// What training reports

export type { Metrics, MetricsLine, TrainEvent } from './contracts/progress.js';
export type { RunSummary } from './contracts/summary.js';
export { InterruptedError } from './contracts/interruptedError.js';
export { RequestError } from './contracts/requestError.js';

// Run directories

export { createRun, openRun, type Run, type RunEngine, type RunRecord, type RunStart } from './run/run.js';
export { readMetrics } from './run/metrics.js';
export { folderStore } from './run/folderStore.js';
export { memoryStore } from './run/memoryStore.js';
export type { RunStore } from './run/store.js';

// Checkpoints

export { loadWeights, type TensorValues, type Weights } from './checkpoint/weights.js';
export { type Checkpoint, readCheckpoint } from './checkpoint/checkpoint.js';
export type { Progress } from './checkpoint/progress.js';
