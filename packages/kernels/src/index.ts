// Loading

export { useKernels } from './useKernels.js';

// What is loaded, for the packages that have kernels

export { type Kernels, kernels } from './kernels.js';
export type { Exports } from './exports.js';
export type { Memory } from './memory.js';

// Products of matrices in the memory of an engine

export { type Products, startProducts } from './products/products.js';
