/** Threads: apart from the index, which the threads themselves load. */
export { inThreads, type ThreadedSolver, type ThreadsOptions } from './threads/inThreads.js';
export type { BuiltInRecipe, ModuleRecipe, Recipe } from './threads/recipe.js';
