import type { LinearProgram, LinearProgramOptions } from './contract.js';
import { loadHighs } from './loadHighs.js';
import { programSolver } from './programSolver.js';

/**
 * Any linear or mixed-integer linear program, solved by HiGHS.
 *
 * z(theta) = argmax of <theta, z> over the z that the constraints allow. Use it for what has no solver of its own here:
 * side constraints, several structures at once, relaxations. A structure's own solver is 10 to 100 times faster.
 *
 * It needs the package `highs` beside this one (`npm install highs`), in a version that it is tested with: 1.15.3.
 * The model stays in HiGHS; from call to call only the costs change.
 *
 * z holds the values of the variables: whole numbers exactly for binary and integer ones, any number else, where what
 * is within 10^-6 of a whole number is that number. Among equally good states it answers one, always the same. Exact up
 * to HiGHS's tolerances: scores are told apart down to some 10^-9 of the greatest |theta| of their instance. A masked
 * variable is held at 0.
 *
 * Cost: for linear programs polynomial in practice; for integer ones exponential at worst, and nothing stops it. About
 * 0.1 to 1 ms a call for some hundred variables, and HiGHS allocates in each. Each program has a HiGHS of its own, of
 * 21 MB at least.
 *
 * @param options - the model, kappa, the variables, the sense, and where the WebAssembly is.
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
