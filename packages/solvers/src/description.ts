import type { Solver, StructureDescription } from './solver.js';

/**
 * Returns the description of a solver or distribution, as plain data that survives JSON.
 *
 * Use it to send a structure to a worker, or to save it in a file. `solverOf` of `@aimle/solvers/structures` rebuilds a
 * solver from it, and `distributionOf` of `@aimle/distributions/structures` a distribution.
 *
 * @param solver - a solver or distribution of these packages.
 * @returns the name of its factory, and all options with their values, defaults included.
 * @throws RangeError when there is none: for a solver made from a function, such as `custom`, and for your own solver.
 *
 * @example
 * ```ts
 * import { descriptionOf, topK } from '@aimle/solvers';
 *
 * descriptionOf(topK({ size: 8, k: 2 })) // => { name: 'topK', options: { size: 8, k: 2, sense: 'maximise' } }
 * ```
 */
export function descriptionOf(solver: Solver): StructureDescription {
  const { name, description } = solver;
  if (description === undefined) {
    throw new RangeError(
      `${name}: has no description, because a function is not plain data; keep the options of its ` +
        'factory yourself, or export the factory from a module and name that module',
    );
  }
  return description;
}

/**
 * Attaches a description to a solver. It is computed on access, because graphs can be large. It is not enumerable, so a
 * copy with other methods, `{ ...solver, solve }`, does not inherit a description that does not fit it; and it is gone
 * where another `solve` has been assigned.
 */
export function described<S extends Solver>(solver: S, options: object): S {
  const { solve } = solver;
  return Object.defineProperty(solver, 'description', {
    get(this: Solver): StructureDescription | undefined {
      return this.solve === solve ? { name: solver.name, options: plain(options) } : undefined;
    },
  });
}

/** Converts typed arrays to arrays and drops undefined values, as JSON does. */
function plain(options: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [
        key,
        typeof value === 'object' ? Array.from(value as ArrayLike<unknown>) : value,
      ]),
  );
}
