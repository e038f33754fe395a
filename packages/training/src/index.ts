// What can be trained
export type { Figure } from './contracts/figure.js';
export type { JsonValue } from './contracts/json.js';
export type { Model } from './contracts/model.js';
export type { Metrics, MetricsLine, TrainEvent } from './contracts/progress.js';
export { RequestError } from './contracts/request-error.js';
export type { Selection, Session } from './contracts/session.js';
export type { RunSummary } from './contracts/summary.js';
export type { Task, TaskConfig, TaskContext } from './contracts/task.js';
