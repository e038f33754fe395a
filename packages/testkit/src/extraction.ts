/** Examples as files, for tools that are not tests and must not load vitest. */
export type { Example } from './examples/findExamples.js';
export { writeExamples } from './examples/writeExamples.js';
