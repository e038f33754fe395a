import type { Solver, StructureDescription } from './solver.js';

/**
 * The description of a solver or distribution, as plain data that survives JSON.
 *
 * Use it to send a structure to a worker, or to keep it in a file. `solverOf` of `@aimle/solvers/structures` makes a
 * solver of it again, `distributionOf` of `@aimle/distributions/structures` a distribution.
 *
 * @param solver - a solver or distribution of these packages.
 * @returns the name of its factory, and all options with their values, defaults included.
 * @throws RangeError where there is none: a solver made of a function, such as `custom`, or one of your own.
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
 * Gives a solver its description. It is written when someone asks for it, because graphs can be large, and is not
 * enumerable: a copy with other methods, `{ ...solver, solve }`, is another solver, which the description does not fit.
 */
export function described<S extends Solver>(solver: S, options: object): S {
  const get = (): StructureDescription => ({ name: solver.name, options: plain(options) });
  return Object.defineProperty(solver, 'description', { get });
}

/** Typed arrays become arrays, and what is undefined goes, as in JSON. */
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
