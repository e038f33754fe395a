import type { Sense } from '../solver.js';
import { rejectInfinity, rejectNaN } from '../validation.js';

/**
 * Tells what is wrong with a cost that a main pass has stumbled on: NaN, the infinity that is no mask, or negative.
 * `cost` is theta when minimising, -theta when maximising.
 */
export function rejectCost(
  solver: string,
  sense: Sense,
  cost: number,
  instance: number,
  element: string,
  remedy = 'cut theta off at 0, noise included',
): never {
  if (Number.isNaN(cost)) rejectNaN(solver, instance, element);
  if (cost === -Infinity) rejectInfinity(solver, sense, instance, element);
  const wanted = sense === 'minimise' ? 'costs of at least 0' : 'scores of at most 0, costs negated';
  throw new RangeError(
    `${solver}: theta must hold ${wanted}, got ${sense === 'minimise' ? cost : -cost} ` +
      `in instance ${instance} at ${element}; ${remedy}`,
  );
}
