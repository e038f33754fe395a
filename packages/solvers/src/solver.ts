/**
 * Whether a solver maximises or minimises <theta, z>.
 *
 * `'maximise'` treats theta as scores, `'minimise'` as costs. Minimising theta is the same as maximising -theta,
 * including ties: the lower index wins either way.
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
 * Data other than theta that differs from instance to instance, by name: a terrain, a budget, a pair of end points.
 *
 * Each array covers the whole batch, instance after instance, with the same number of values for each. A solver
 * documents the names that it reads, and ignores others. Most solvers read none, so leave it out for these and mask
 * elements with infinities in theta.
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
 * A structure as plain data: the name of the factory that makes it, and the factory's options. It survives JSON and can
 * be sent to workers.
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
 * A MAP solver: it finds z, the vector with a given structure that is best for theta.
 *
 * z(theta) = argmax over the structure of <theta, z> = sum_i theta_i z_i (argmin when minimising). Every solver follows
 * the same contract, so an estimator can wrap any of them:
 *
 * - **Batch first.** `theta` and `z` hold `rows` instances of `size` numbers, one after the other; one instance is a
 *   batch of one. Each element of `z` is overwritten, with exactly 0 or 1 unless the solver's page says otherwise. The
 *   two arrays must not overlap.
 * - **Ties break to the lower index**: among equally good states, the one that is lexicographically greatest. Where
 *   finding it would cost more than the problem itself (paths, matchings, cuts, arborescences), the solver's page says
 *   which state it returns; the same theta always gives the same state. Sums, and so ties, are in double precision.
 * - **Infinities are masks.** When maximising, an element of `-Infinity` is forbidden; when minimising, one of
 *   `Infinity`. Subsets and undirected spanning trees always have an answer: they take forbidden elements only if
 *   nothing else is left, and take elements of the other infinity before all finite ones. Other structures throw if
 *   every state has a forbidden element, and on the other infinity.
 * - **Errors** name the solver, the instance and the reason: a NaN, a wrong length, an instance without any state. `z`
 *   is then partly written; the solver can still be used.
 * - **No allocation** in `solve`: working memory belongs to the solver. So use a solver in one thread only.
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
  /**
   * Plain data from which it can be rebuilt. Absent if it is made from a function; `descriptionOf` then says what to
   * do.
   */
  readonly description?: StructureDescription;
  /**
   * Solves `rows` instances.
   *
   * @param theta - `rows * size` scores or costs.
   * @param z - `rows * size` numbers, overwritten with the states.
   * @param rows - the number of instances; 0 is allowed.
   * @param context - data that differs per instance, for solvers that read it.
   * @throws RangeError when a length does not match, theta holds a NaN, or an instance has no state.
   */
  solve(theta: Float32Array, z: Float32Array, rows: number, context?: Context): void;
}
