import type { LinearProgram, LinearProgramOptions } from './contract.js';
import { loadHighs } from './loadHighs.js';
import { programSolver } from './programSolver.js';

/**
 * Builds a solver for any linear or mixed-integer linear program, using HiGHS.
 *
 * z(theta) = argmax of <theta, z> over the z that the constraints allow. Use it where this package has no solver: for
 * side constraints, several structures at once, relaxations. A dedicated solver is 10 to 100 times faster.
 *
 * It needs the package `highs` (`npm install highs`), tested with version 1.15.3. The model stays in HiGHS; only the
 * costs change from call to call.
 *
 * z holds the values of the variables: exact integers for binary and integer variables, any number for others, rounded
 * to an integer if within 10^-6 of it. Among equally good states it always returns the same one. It is exact up to
 * HiGHS's tolerances: it distinguishes scores down to about 10^-9 of the largest |theta| of their instance. A masked
 * variable is fixed at 0.
 *
 * Cost: polynomial in practice for linear programs; exponential at worst for integer ones, without a time limit. A call
 * with some hundred variables takes about 0.1 to 1 ms, and HiGHS allocates in each. Each program has its own HiGHS, of
 * at least 21 MB.
 *
 * @param options - the model, kappa, the variables, the sense, and the location of the WebAssembly.
 * @returns a solver whose `size` is the number of variables; `dispose` it when done.
 * @throws Error when `highs` or its WebAssembly cannot be loaded; RangeError when the model cannot be parsed, is not
 *   linear, or has no solution, or an option is out of range. From `solve`, RangeError also where an instance is
 *   unbounded.
 *
 * @example
 * ```ts
 * import { linearProgram } from '@aimle/solvers/program';
 *
 * // Two tasks for two people, as a linear program; its corners are the permutations.
 * const program = await linearProgram({
 *   model: `
 *     Maximize
 *       obj: a1 + a2 + b1 + b2
 *     Subject To
 *       ann: a1 + a2 = 1
 *       bob: b1 + b2 = 1
 *       first: a1 + b1 = 1
 *       second: a2 + b2 = 1
 *     End`,
 *   kappa: 2,
 * });
 * const z = new Float32Array(4);
 * program.solve(Float32Array.of(3, 2, 3, 1), z, 1);
 * program.dispose();
 * Array.from(z) // => [0, 1, 1, 0]
 * ```
 */
export async function linearProgram(options: LinearProgramOptions): Promise<LinearProgram> {
  const name = 'linearProgram';
  return programSolver(name, await loadHighs(name, options.locateFile), options);
}
