import type { Distribution } from '@aimle/distributions';
import type { Solver } from '@aimle/solvers';

/** Throws for what is not a solver. */
export function requireSolver(name: string, structure: Solver): void {
  if (typeof structure === 'object' && structure !== null && 'solve' in structure) return;
  throw new TypeError(
    `${name}: needs a structure, such as topK({ size, k }) of @aimle/solvers, got ${String(structure)}`,
  );
}

/** Throws for what has no probabilities, with the import that would have them. */
export function requireDistribution(name: string, structure: Solver): asserts structure is Distribution {
  requireSolver(name, structure);
  if ('logPartition' in structure) return;
  throw new RangeError(
    `${name}: needs a structure that knows its probabilities, got the solver ${structure.name}. Import ` +
      `${structure.name} from @aimle/distributions instead of @aimle/solvers; structures that are not there, and any ` +
      'solver, work with aimle',
  );
}

/** The sign of the direction that makes a state more likely: up for a maximiser, down for a minimiser. */
export function signOf(solver: Solver): 1 | -1 {
  return solver.sense === 'maximise' ? 1 : -1;
}
