// The task

// Its parts, for a model of your own
export { codeLayer } from './codes.js';
export type { DiscreteVaeConfig } from './settings.js';
export { codeDivergence, reconstructionLoss } from './loss.js';
export { Network, type Pass, pass } from './network.js';
export type { DiscreteVaeBatch } from './session.js';
export { discreteVae } from './task.js';
