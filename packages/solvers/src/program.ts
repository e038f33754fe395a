/** Linear programs: apart from the index, so that only who needs HiGHS has bundlers look for it. */
export type { LinearProgram, LinearProgramOptions } from './program/contract.js';
export { linearProgram } from './program/linearProgram.js';
