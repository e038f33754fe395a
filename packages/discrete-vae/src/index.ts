// The task

export { discreteVae } from './task.js';
export type { DiscreteVaeConfig } from './settings.js';
export type { DiscreteVaeBatch } from './session.js';

// Its parts, for a model of your own

export { Network, type Pass, pass } from './network.js';
export { codeLayer } from './codes.js';
export { codeDivergence, reconstructionLoss } from './loss.js';
