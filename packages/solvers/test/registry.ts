import type { SolverEntry } from './entry.js';
import { assignments } from './structures/assignment.js';
import { customs } from './structures/custom.js';
import { knapsacks } from './structures/knapsack.js';
import { sequence } from './structures/sequence.js';
import { subset } from './structures/subset.js';
import { tree } from './structures/tree.js';

/** Every solver there is; one line here puts a family to the whole battery. */
export const solvers: readonly SolverEntry[] = [
  ...customs,
  ...knapsacks,
  ...sequence,
  ...assignments,
  ...subset,
  ...tree,
];
