import { useKernels } from './packages/kernels/src/index.js';

// As with an engine, or in the command line. AIMLE_KERNELS=off runs the same suite in TypeScript.
await useKernels();
