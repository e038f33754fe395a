import * as solvers from '../index.js';
import type { Solver } from '../solver.js';

type Factories = typeof solvers;

/** The functions of this package that make a solver, but for the one whose options hold a function. */
type FactoryName = Exclude<
  { [N in keyof Factories]: Factories[N] extends (options: never) => Solver ? N : never }[keyof Factories],
  'custom'
>;

/**
 * A solver of this package by its name and options, which every thread makes for itself.
 *
 * @example
 * ```ts
 * import type { BuiltInRecipe } from '@aimle/solvers/threads';
 *
 * const recipe: BuiltInRecipe = { solver: 'spanningTree', options: { vertices: 500 } };
 * recipe.solver // => 'spanningTree'
 * ```
 */
export type BuiltInRecipe = {
  [N in FactoryName]: { readonly solver: N; readonly options: Parameters<Factories[N]>[0] };
}[FactoryName];

/**
 * A solver that a module of your own makes: every thread imports it, and calls its export with the options.
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
  /** The function in it that makes the solver, or a promise of it. Default: `'default'`. */
  readonly export?: string;
  /** What the function gets: anything that can be sent to a worker, so no functions. */
  readonly options?: unknown;
}

/**
 * How to make a solver in a thread, where the solver itself cannot be sent.
 *
 * @example
 * ```ts
 * import type { Recipe } from '@aimle/solvers/threads';
 *
 * const recipes: Recipe[] = [
 *   { solver: 'chain', options: { length: 10, labels: 3 } },
 *   { module: '@aimle/solvers/program', export: 'linearProgram', options: { model: '...', kappa: 1 } },
 * ];
 * recipes.length // => 2
 * ```
 */
export type Recipe = BuiltInRecipe | ModuleRecipe;

/** Said here, in the caller's thread, of what could not be sent to another or would not be found by it. */
export function checkRecipe(recipe: Recipe): void {
  if ('module' in recipe && /^\.\.?\//.test(recipe.module)) {
    throw new RangeError(
      `inThreads: module must be an absolute URL or a package, got ${recipe.module}; ` +
        `pass new URL('${recipe.module}', import.meta.url).href`,
    );
  }
  try {
    structuredClone(recipe);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RangeError(
      `inThreads: the recipe must be what can be sent to a thread, got ${reason}; put functions into a module`,
      { cause },
    );
  }
}

/** Makes the solver: in the caller's thread as in the others. */
export async function makeSolver(recipe: Recipe): Promise<Solver> {
  const factory = 'solver' in recipe ? builtIn(recipe.solver) : await exported(recipe);
  const solver: unknown = await factory(recipe.options);
  if (!isSolver(solver)) {
    throw new RangeError(`inThreads: the recipe must make a solver, got ${String(solver)}`);
  }
  return solver;
}

type Factory = (options: unknown) => unknown;

function builtIn(name: string): Factory {
  const factory = (solvers as Readonly<Record<string, unknown>>)[name];
  if (typeof factory !== 'function' || name === 'custom') {
    throw new RangeError(
      `inThreads: solver must be the name of a solver of this package, got ${name}; for your own, name its module`,
    );
  }
  return factory as Factory;
}

async function exported(recipe: ModuleRecipe): Promise<Factory> {
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
  return factory as Factory;
}

function isSolver(value: unknown): value is Solver {
  return typeof value === 'object' && value !== null && 'solve' in value && 'size' in value;
}
