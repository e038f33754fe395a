import type { SolverEntry } from './entry.js';
import { assignments } from './structures/assignment.js';
import { customs } from './structures/custom.js';
import { cut } from './structures/cut.js';
import { knapsacks } from './structures/knapsack.js';
import { matchings } from './structures/matching.js';
import { path } from './structures/path.js';
import { programs } from './structures/program.js';
import { sequence } from './structures/sequence.js';
import { subset } from './structures/subset.js';
import { tour } from './structures/tour.js';
import { tree } from './structures/tree.js';

/** Every solver; one line here runs the whole battery on a family. */
export const solvers: readonly SolverEntry[] = [
  ...customs,
  ...knapsacks,
  ...programs,
  ...sequence,
  ...assignments,
  ...matchings,
  ...subset,
  ...tree,
  ...path,
  ...cut,
  ...tour,
];
