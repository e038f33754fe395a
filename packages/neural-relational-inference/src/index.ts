// The data: hidden trees that move vertices
export { type LayoutStep, layoutStep } from './graphLayout/layoutStep.js';
export { type SimulationOptions, simulateGraphLayout } from './graphLayout/simulate.js';
export type { Motions } from './motion/motions.js';
// The model
export { Network, type NetworkSizes, type Pass } from './model/network.js';
// What it is trained on
export { gumbelDivergence } from './objective/divergence.js';
export { gaussianConstant, negativeLogLikelihood } from './objective/likelihood.js';
