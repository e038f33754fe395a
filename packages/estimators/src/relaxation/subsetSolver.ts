import type { Solver } from '@aimle/solvers';

/** The k of a k-subset solver; throws for every other structure. */
export function subsetSize(name: string, solver: Solver): number {
  if (solver.name !== 'topK' && solver.name !== 'categorical') {
    throw new RangeError(
      `${name}: relaxes k-subsets, and needs topK({ size, k }) or categorical({ size }), got the solver ` +
        `${solver.name}. For other structures take aimle, or an estimator on their distribution.`,
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
