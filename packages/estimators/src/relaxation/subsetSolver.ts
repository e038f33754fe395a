import type { Solver } from '@aimle/solvers';
import { requireSolver } from '../layer/structure.js';

/** The structures whose states are subsets of exactly k elements. */
const ofSubsets = new Set(['topK', 'categorical']);

/** Returns the k of a k-subset solver; throws for every other structure. */
export function subsetSize(name: string, solver: Solver): number {
  requireSolver(name, solver);
  if (!ofSubsets.has(solver.name)) {
    throw new RangeError(
      `${name}: needs a solver of k-subsets, topK({ size, k }) or categorical({ size }), got ${solver.name}. For other ` +
        'structures use stochasticSoftmax, if they have a distribution, or aimle.',
    );
  }
  return solver.kappa;
}

/** Throws when a relaxation's temperature is not a positive number. */
export function checkTemperature(name: string, temperature: number): void {
  if (!(temperature > 0 && Number.isFinite(temperature))) {
    throw new RangeError(`${name}: temperature must be a positive finite number, got ${temperature}`);
  }
}
