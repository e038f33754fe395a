/** Threads: apart from the index, which the threads themselves load. */
export { inThreads, type ThreadedSolver, type ThreadsOptions } from './threads/inThreads.js';
export type { ModuleRecipe } from './threads/recipe.js';
