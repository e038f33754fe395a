import type { Highs, Model } from 'highs';
import { rejectInfeasible } from '../validation.js';

/** HiGHS accepts a value this close to an integer as an integer. */
const tolerance = 1e-6;

/** Rounds the value if the variable is an integer, or the value is within HiGHS's tolerance of one. */
export function rounded(value: number, integer: boolean): number {
  const nearest = Math.round(value);
  // Not -0.
  return integer || Math.abs(value - nearest) <= tolerance ? nearest + 0 : value;
}

/** Runs HiGHS to an optimum, or throws an error that says why there is none. */
export function optimise(solver: string, highs: Highs, model: Model, instance: number): void {
  const { optimal, infeasible, unbounded, unboundedOrInfeasible } = highs.constants.modelStatus;
  let status = run(solver, model, instance);
  if (status === unboundedOrInfeasible) {
    // Presolve only finds that it is one of the two; the solver itself finds which.
    model.options.set('presolve', 'off');
    status = run(solver, model, instance);
    model.options.set('presolve', 'choose');
  }
  if (status === optimal) return;
  if (status === infeasible) {
    rejectInfeasible(
      solver,
      instance,
      'the constraints, and the variables that are masked, contradict each other',
    );
  }
  if (status === unbounded) {
    throw new RangeError(
      `${solver}: instance ${instance} is unbounded: its best value is infinite; give the variables bounds`,
    );
  }
  const name = Object.entries(highs.constants.modelStatus).find(([, code]) => code === status)?.[0];
  throw new RangeError(
    `${solver}: instance ${instance} has no solution: HiGHS ended with status ${name ?? status}`,
  );
}

function run(solver: string, model: Model, instance: number): number {
  try {
    model.run();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RangeError(`${solver}: instance ${instance} has no solution: HiGHS failed: ${reason}`, {
      cause,
    });
  }
  return model.getModelStatus();
}
