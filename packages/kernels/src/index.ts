// Loading

export { type KernelOptions, useKernels } from './useKernels.js';

// What is loaded, for the packages that have kernels

export { type Kernels, kernels } from './kernels.js';
export type { Exports } from './exports.js';
export type { Memory } from './memory.js';

// Threads, for the packages that have kernels

export { processors } from './host.js';
export { maySleep } from './threads/maySleep.js';
export type { Calls, Functions, Job, Needs, Own, Room, Team } from './threads/team.js';

// Products of matrices in the memory of an engine

export { type Products, startProducts } from './products/products.js';
