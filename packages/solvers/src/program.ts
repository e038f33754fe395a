/** Linear programs, in an entry point of their own, so that bundlers look for HiGHS only if you use them. */
export type { LinearProgram, LinearProgramOptions } from './program/contract.js';
export { linearProgram } from './program/linearProgram.js';
