// The data: hidden trees that move vertices
export { type LayoutStep, layoutStep } from './graphLayout/layoutStep.js';
export { type SimulationOptions, simulateGraphLayout } from './graphLayout/simulate.js';
export type { Motions } from './motion/motions.js';
