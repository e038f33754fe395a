/** The part of this package that works in a browser, where there are no files to read examples from. */
export { everyTaskInThreads } from './everyTaskInThreads.js';
export { expectNoLeak, type TensorMemory } from './expectNoLeak.js';
export { type Closeness, differenceOf, type Numbers } from './numbers/difference.js';
export { toBeAllClose } from './numbers/toBeAllClose.js';
