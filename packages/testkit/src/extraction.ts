/** Examples as files: what a tool needs that is not a test, so that it never loads vitest. */
export type { Example } from './examples/findExamples.js';
export { writeExamples } from './examples/writeExamples.js';
