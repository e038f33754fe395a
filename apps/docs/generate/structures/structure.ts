import type { Solver } from '@aimle/solvers';

/** What one page is made from; the rest is in the docstrings. */
export interface Structure {
  /** The page's file name, without its ending. */
  readonly page: string;
  readonly title: string;
  /** The solver's factory by name, and the one that is drawn and described. */
  readonly solver?: { readonly name: string; readonly made: Solver };
  /** What the solver is imported from; default: `@aimle/solvers`. */
  readonly importedFrom?: string;
  /** What an instance costs, where no O(...) says it. */
  readonly cost?: string;
  /** Other factories of the same structure, by name. */
  readonly relatives?: readonly string[];
  /** The distribution's factory by name. */
  readonly distribution?: string;
  /** Distributions over the same states that are no exponential families, by name. */
  readonly alsoDistributed?: readonly string[];
  /** What the picture shows, in a sentence. */
  readonly caption: string;
  picture(caption: string): string;
}

/** The best state of one instance. */
export function solved(
  solver: Solver,
  theta: ArrayLike<number>,
  context?: Record<string, number[]>,
): Float32Array {
  const z = new Float32Array(solver.size);
  solver.solve(Float32Array.from(theta), z, 1, context);
  return z;
}
