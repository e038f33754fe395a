import type { Distribution } from '@aimle/distributions';
import type { Solver } from '@aimle/solvers';

/** Throws for anything that is not a solver. */
export function requireSolver(name: string, structure: Solver): void {
  if (typeof structure === 'object' && structure !== null && 'solve' in structure) {
    const { sense, size } = structure;
    if (sense !== 'maximise' && sense !== 'minimise') {
      throw new RangeError(
        `${name}: the sense of ${structure.name} must be maximise or minimise, got ${JSON.stringify(sense)}`,
      );
    }
    if (Number.isInteger(size) && size >= 1) return;
    throw new RangeError(`${name}: the size of ${structure.name} must be a positive integer, got ${size}`);
  }
  throw new TypeError(
    `${name}: needs a structure, such as topK({ size, k }) of @aimle/solvers, got ${String(structure)}`,
  );
}

/** Throws for a structure without probabilities, and names the import that has them. */
export function requireDistribution(name: string, structure: Solver): asserts structure is Distribution {
  requireSolver(name, structure);
  if ('logPartition' in structure) return;
  throw new RangeError(
    `${name}: needs a structure that knows its probabilities, got the solver ${structure.name}. Import ` +
      `${structure.name} from @aimle/distributions instead of @aimle/solvers; structures that it does not have, and any ` +
      'solver, work with aimle',
  );
}

/** The sign of a change of theta that makes a state more likely: 1 for a maximiser, -1 for a minimiser. */
export function signOf(solver: Solver): 1 | -1 {
  return solver.sense === 'maximise' ? 1 : -1;
}

/** Throws for a theta that allows no state, and names the instance (an error while sampling would name a row). */
export function refuseInfeasible(distribution: Distribution, theta: Float32Array): void {
  if (!theta.every(Number.isFinite)) distribution.logPartition(theta);
}
