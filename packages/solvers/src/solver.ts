/**
 * Which end of <theta, z> a solver looks for.
 *
 * `'maximise'` treats theta as scores, `'minimise'` as costs. Minimising theta is maximising -theta, ties included:
 * either way the lower index wins.
 *
 * @example
 * ```ts
 * import { type Sense, topK } from '@aimle/solvers';
 *
 * const sense: Sense = 'minimise';
 * topK({ size: 5, k: 2, sense }).sense // => 'minimise'
 * ```
 */
export type Sense = 'maximise' | 'minimise';

/**
 * What differs from instance to instance beside theta, by name: a terrain, a budget, a pair of end points.
 *
 * Each array covers the whole batch, instance after instance, with as many numbers for each. A solver documents the
 * names that it reads and ignores others; most read none (mask them with infinities in theta), so leave it out for
 * these.
 *
 * @example
 * ```ts
 * import type { Context } from '@aimle/solvers';
 *
 * const context: Context = { capacity: [3, 5] }; // two instances, one number each
 * context['capacity']?.length // => 2
 * ```
 */
export type Context = Readonly<Record<string, ArrayLike<number>>>;

/**
 * A structure as plain data: the name of the factory that makes it, and the factory's options. It survives JSON and
 * travels to workers.
 *
 * @example
 * ```ts
 * import type { StructureDescription } from '@aimle/solvers';
 * import { solverOf } from '@aimle/solvers/structures';
 *
 * const description: StructureDescription = { name: 'spanningTree', options: { vertices: 4 } };
 * solverOf(description).size // => 6
 * ```
 */
export interface StructureDescription {
  readonly name: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * A MAP solver: finds z, a vector with a given structure, that is best for theta.
 *
 * z(theta) = argmax over the structure of <theta, z> = sum_i theta_i z_i (argmin when minimising). Every solver obeys
 * one contract, so that an estimator can be wrapped around any of them:
 *
 * - **Batch first.** `theta` and `z` hold `rows` instances of `size` numbers, one after the other; one instance is a
 *   batch of one. Each element of `z` is overwritten, with exactly 0 or 1 unless the solver's page says otherwise. The
 *   two arrays must not overlap.
 * - **Ties break to the lower index**: among equally good states, the one that is lexicographically greatest. Where
 *   that would cost more than the problem itself (paths, matchings, cuts, arborescences), the solver's page says which
 *   one it is; asked again, it is always the same. Sums are in double precision: what ties in it is a tie.
 * - **Infinities are masks.** When maximising, an element of `-Infinity` is forbidden; when minimising, one of
 *   `Infinity`. Subsets and undirected spanning trees always have an answer: they take as few forbidden elements as
 *   they must, and take elements of the other infinity before everything finite. Other structures throw where every
 *   state has a forbidden element, and on the other infinity.
 * - **Errors** name the solver, the instance and the reason: a NaN, a wrong length, an instance without any state. `z`
 *   is then partly written, and the solver as good as before.
 * - **No allocation** in `solve`: working memory belongs to the solver. So a solver is for one thread.
 *
 * `kappa` is the number of ones in a state (a typical number where it varies); Sum-of-Gamma noise with this kappa fits
 * the structure (Niepert, Minervini and Franceschi, "Implicit MLE", NeurIPS 2021, section 4.2).
 *
 * @example
 * ```ts
 * import { type Solver, topK } from '@aimle/solvers';
 *
 * const solver: Solver = topK({ size: 3, k: 1 });
 * const z = new Float32Array(6);
 * solver.solve(Float32Array.of(1, 5, 2, 7, 0, 7), z, 2);
 * Array.from(z) // => [0, 1, 0, 1, 0, 0]
 * ```
 */
export interface Solver {
  /** Name in error messages and logs. */
  readonly name: string;
  /** Numbers in one instance of theta and of z. */
  readonly size: number;
  /** Whether theta is scores or costs. */
  readonly sense: Sense;
  /** The number of ones in a state, a typical one where it varies: the kappa of the Sum-of-Gamma noise that fits. */
  readonly kappa: number;
  /** How to rebuild it, as plain data. Absent where it is made of a function; `descriptionOf` then says what to do. */
  readonly description?: StructureDescription;
  /**
   * Solves `rows` instances.
   *
   * @param theta - `rows * size` scores or costs.
   * @param z - `rows * size` numbers, overwritten with the states.
   * @param rows - the number of instances; 0 is allowed.
   * @param context - what differs per instance, for solvers that read it.
   * @throws RangeError when a length does not match, theta holds a NaN, or an instance has no state.
   */
  solve(theta: Float32Array, z: Float32Array, rows: number, context?: Context): void;
}
