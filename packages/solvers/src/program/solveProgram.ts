import type { Highs, Model } from 'highs';
import { rejectInfeasible } from '../validation.js';

/** HiGHS calls this close to an integer an integer. */
const tolerance = 1e-6;

/** An integer where the variable is one, or HiGHS cannot tell it from one. */
export function rounded(value: number, integer: boolean): number {
  const nearest = Math.round(value);
  // Not -0.
  return integer || Math.abs(value - nearest) <= tolerance ? nearest + 0 : value;
}

/** Runs HiGHS to an optimum, or says what is there instead. */
export function optimise(solver: string, highs: Highs, model: Model, instance: number): void {
  const { optimal, infeasible, unbounded, unboundedOrInfeasible } = highs.constants.modelStatus;
  let status = run(solver, model, instance);
  if (status === unboundedOrInfeasible) {
    // Presolve sees that it is one of the two; the solver itself sees which.
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
