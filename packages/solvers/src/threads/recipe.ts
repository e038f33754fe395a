import { descriptionOf } from '../description.js';
import type { Solver, StructureDescription } from '../solver.js';

/**
 * A solver that your own module makes: every thread imports the module and calls its export with the options.
 *
 * @example
 * ```ts
 * import type { ModuleRecipe } from '@aimle/solvers/threads';
 *
 * // maze.js: export const maze = ({ width }) => custom({ size: width * width, ... });
 * const recipe: ModuleRecipe = {
 *   module: new URL('./maze.js', import.meta.url).href,
 *   export: 'maze',
 *   options: { width: 12 },
 * };
 * recipe.export // => 'maze'
 * ```
 */
export interface ModuleRecipe {
  /** The module: an absolute URL, or in Node the name of a package. */
  readonly module: string;
  /** The exported function that makes the solver, or a promise of one. Default: `'default'`. */
  readonly export?: string;
  /** The argument of that function: anything that can be sent to a worker, so no functions. */
  readonly options?: unknown;
}

/** How a thread makes its solver. */
export type Recipe = StructureDescription | ModuleRecipe;

/** Finds what another thread needs to build the solver. Throws in the caller's thread if it cannot be sent or found. */
export function recipeOf(source: Solver | ModuleRecipe): Recipe {
  if (isSolver(source)) return descriptionOf(source);
  if (/^\.\.?\//.test(source.module)) {
    throw new RangeError(
      `inThreads: module must be an absolute URL or a package, got ${source.module}; ` +
        `pass new URL('${source.module}', import.meta.url).href`,
    );
  }
  try {
    structuredClone(source);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RangeError(
      `inThreads: the options must be data that can be sent to a thread, got ${reason}; put functions into a module`,
      { cause },
    );
  }
  return source;
}

/** Makes the solver, in the caller's thread and in the others. */
export async function makeSolver(recipe: Recipe): Promise<Solver> {
  // Imported here, so that only the threads load every solver and a page loads only its own.
  if (!('module' in recipe)) return (await import('../structures.js')).solverOf(recipe);
  const factory = await exported(recipe);
  const solver: unknown = await factory(recipe.options);
  if (!isSolver(solver)) {
    throw new RangeError(`inThreads: the module must make a solver, got ${String(solver)}`);
  }
  return solver;
}

async function exported(recipe: ModuleRecipe): Promise<(options: unknown) => unknown> {
  const name = recipe.export ?? 'default';
  const module = (await import(/* @vite-ignore */ /* webpackIgnore: true */ recipe.module)) as Readonly<
    Record<string, unknown>
  >;
  const factory = module[name];
  if (typeof factory !== 'function') {
    throw new RangeError(
      `inThreads: export must be a function of ${recipe.module}, got ${name}; it has ${Object.keys(module).join(', ') || 'no exports'}`,
    );
  }
  return factory as (options: unknown) => unknown;
}

export function isSolver(value: unknown): value is Solver {
  return typeof value === 'object' && value !== null && 'solve' in value && 'size' in value;
}
