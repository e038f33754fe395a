import type { Sense, Solver } from '../solver.js';

/**
 * Settings of {@link linearProgram}.
 *
 * @example
 * ```ts
 * import { linearProgram, type LinearProgramOptions } from '@aimle/solvers/program';
 *
 * const options: LinearProgramOptions = {
 *   model: 'Maximize\n obj: a + b\nSubject To\n one: a + b <= 1\nBinary\n a b\nEnd',
 *   kappa: 1,
 * };
 * (await linearProgram(options)).variables // => ['a', 'b']
 * ```
 */
export interface LinearProgramOptions {
  /**
   * The constraints, bounds and integer variables, in the CPLEX LP format. The format requires an objective, which is
   * ignored: theta replaces it.
   */
  readonly model: string;
  /** The number of ones in a state, a typical one where it varies. */
  readonly kappa: number;
  /**
   * The variables that theta and z describe, in order; all others have cost 0. Default: all, in the order in which the
   * text first names them.
   */
  readonly variables?: readonly string[];
  /** Whether theta is scores (`'maximise'`, the default) or costs; the sense in the text is ignored. */
  readonly sense?: Sense;
  /** Returns the location of `highs.wasm`, for bundlers that do not find it. */
  readonly locateFile?: (file: string) => string;
}

/**
 * A solver made by {@link linearProgram}.
 *
 * @example
 * ```ts
 * import { type LinearProgram, linearProgram } from '@aimle/solvers/program';
 *
 * const model = 'Maximize\n obj: a\nSubject To\n most: a <= 3\nEnd';
 * const program: LinearProgram = await linearProgram({ model, kappa: 1 });
 * program.dispose();
 * program.size // => 1
 * ```
 */
export interface LinearProgram extends Solver {
  /** The name of each element of theta and z. */
  readonly variables: readonly string[];
  /** Frees HiGHS's memory. The solver cannot be used afterwards. */
  dispose(): void;
}
