/** Threads, in an entry point of their own, because the threads themselves load the index. */
export { inThreads, type ThreadedSolver, type ThreadsOptions } from './threads/inThreads.js';
export type { ModuleRecipe } from './threads/recipe.js';
