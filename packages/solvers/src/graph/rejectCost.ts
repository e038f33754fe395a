import type { Sense } from '../solver.js';
import { rejectInfinity, rejectNaN } from '../validation.js';

/**
 * Throws an error for a cost that a main pass has found invalid: NaN, the infinity that is not a mask, or negative.
 * `cost` is theta when minimising, and -theta when maximising.
 */
export function rejectCost(
  solver: string,
  sense: Sense,
  cost: number,
  instance: number,
  element: string,
  remedy = 'clip theta at 0, noise included',
): never {
  if (Number.isNaN(cost)) rejectNaN(solver, instance, element);
  if (cost === -Infinity) rejectInfinity(solver, sense, instance, element);
  const wanted = sense === 'minimise' ? 'costs of at least 0' : 'scores of at most 0, costs negated';
  throw new RangeError(
    `${solver}: theta must hold ${wanted}, got ${sense === 'minimise' ? cost : -cost} ` +
      `in instance ${instance} at ${element}; ${remedy}`,
  );
}
