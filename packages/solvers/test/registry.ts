import type { SolverEntry } from './entry.js';
import { subset } from './structures/subset.js';
import { tree } from './structures/tree.js';

/** Every solver there is; one line here puts a family to the whole battery. */
export const solvers: readonly SolverEntry[] = [...subset, ...tree];
