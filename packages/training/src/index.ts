// Training and evaluating

// Checkpoints
export { type Checkpoint, readCheckpoint } from './checkpoint/checkpoint.js';
export type { Progress } from './checkpoint/progress.js';
export { loadWeights, type TensorValues, type Weights } from './checkpoint/weights.js';
// What can be trained
export { type Demands, demandsOf } from './contracts/demands.js';
export type { DrawingsFigure, Figure, ImagesFigure, TextsFigure } from './contracts/figure.js';
export { InterruptedError } from './contracts/interruptedError.js';
export type { JsonValue } from './contracts/json.js';
export type { Model } from './contracts/model.js';
// What it tells
export type { Metrics, MetricsLine, TrainEvent } from './contracts/progress.js';
export { RequestError } from './contracts/requestError.js';
export type { Selection, Session } from './contracts/session.js';
export type { RunSummary } from './contracts/summary.js';
export type { Task, TaskConfig, TaskContext } from './contracts/task.js';
export { type EvaluateOptions, evaluateRun } from './evaluateRun.js';
// Layers
export { type Linear, type LinearOptions, linear } from './layers/linear.js';
// Runs
export { folderStore } from './run/folderStore.js';
export { memoryStore } from './run/memoryStore.js';
export { readMetrics } from './run/metrics.js';
export { createRun, openRun, type Run, type RunEngine, type RunRecord, type RunStart } from './run/run.js';
export type { RunStore } from './run/store.js';
export { type TrainOptions, trainTask } from './trainTask.js';
