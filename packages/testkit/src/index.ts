/** Examples in documentation, run as tests. */
export { type RunExamplesOptions, runExamples } from './examples/runExamples.js';

/** Threads of kernels. */
export { everyTaskInThreads } from './everyTaskInThreads.js';

/** Tensors. */
export { expectNoLeak, type TensorMemory } from './expectNoLeak.js';

/** Numbers. */
export { type Closeness, differenceOf, type Numbers } from './numbers/difference.js';
export { toBeAllClose } from './numbers/toBeAllClose.js';
