// The task

export { discreteVae } from './task.js';
export type { DiscreteVaeConfig } from './settings.js';
export type { DiscreteVaeBatch } from './session.js';

// Its parts, for your own model

export { codeLayer, DiscreteVaeNetwork, type Reconstruction, reconstruct } from './network.js';
export { codeDivergence, reconstructionLoss } from './loss.js';
