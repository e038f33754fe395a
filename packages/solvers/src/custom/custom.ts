import { checkOptions } from '../options.js';
import type { Context, Sense, Solver } from '../solver.js';
import { checkBatch, checkInteger, checkSense, rejectNaN } from '../validation.js';

/**
 * Settings of {@link custom}.
 *
 * @example
 * ```ts
 * import { custom, type CustomOptions } from '@aimle/solvers';
 *
 * const options: CustomOptions = {
 *   size: 3,
 *   kappa: 3,
 *   binary: false,
 *   solve: (theta) => theta.map(Math.sign),
 * };
 * custom(options).name // => 'custom'
 * ```
 */
export interface CustomOptions {
  /** Numbers in one instance of theta and of z, in [1, 2^31 - 1]. */
  readonly size: number;
  /** The number of ones in a state, a typical one where it varies. */
  readonly kappa: number;
  /**
   * Returns the best state for one instance: `size` numbers. It must be synchronous and deterministic. It may return
   * the same array each time. The theta that it receives is a copy, valid until it returns; its context holds this
   * instance's part of each array.
   */
  readonly solve: (theta: Float32Array, context: Context) => ArrayLike<number>;
  /** Whether states hold only zeros and ones; if so, this is checked. Default: true. */
  readonly binary?: boolean;
  /** The solver's name in errors and logs. Default: `'custom'`. */
  readonly name?: string;
  /** Whether `solve` treats theta as scores (`'maximise'`, the default) or costs. */
  readonly sense?: Sense;
}

/**
 * Makes a solver from your own function.
 *
 * z(theta) = solve(theta), instance by instance, and checks every answer: its length, and that it holds zeros and ones
 * (or finite numbers) and is not a promise. Use it for a structure that this package lacks, or to try one out. For
 * speed, implement {@link Solver} instead: it receives the whole batch, and nothing is copied.
 *
 * The function decides about ties, infinities and exactness. It never receives a theta with a NaN.
 *
 * Cost: that of the function, and O(size) per instance for a copy and the checks.
 *
 * @param options - the size, kappa, the function, whether states are binary, a name, and the sense.
 * @returns a solver with the `kappa` given.
 * @throws RangeError when an option is out of range; from `solve`, when an answer is invalid or the function throws.
 * The error names the instance, and its `cause` is what was thrown.
 *
 * @example
 * ```ts
 * import { custom } from '@aimle/solvers';
 *
 * // A window of two neighbours: the best place for it.
 * const solver = custom({
 *   size: 4,
 *   kappa: 2,
 *   solve(theta) {
 *     const sums = [0, 1, 2].map((i) => theta[i]! + theta[i + 1]!);
 *     const best = sums.indexOf(Math.max(...sums));
 *     return theta.map((_, i) => (i === best || i === best + 1 ? 1 : 0));
 *   },
 * });
 * const z = new Float32Array(4);
 * solver.solve(Float32Array.of(3, 1, 2, 4), z, 1);
 * Array.from(z) // => [0, 0, 1, 1]
 * ```
 */
export function custom(options: CustomOptions): Solver {
  checkOptions('custom', options, {
    size: true,
    kappa: true,
    solve: true,
    binary: true,
    name: true,
    sense: true,
  });
  const { size, kappa, solve, binary = true, name = 'custom', sense = 'maximise' } = options;
  checkInteger(name, 'size', size, 1, 2 ** 31 - 1);
  checkSense(name, sense);
  if (!(kappa > 0 && kappa < Infinity)) {
    throw new RangeError(`${name}: kappa must be a positive number, got ${String(kappa)}`);
  }
  if (typeof solve !== 'function') {
    throw new TypeError(`${name}: solve must be a function of theta and context, got ${String(solve)}`);
  }
  const scores = new Float32Array(size);

  function answer(row: number, context: Context): ArrayLike<number> {
    try {
      return solve(scores, context);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new RangeError(`${name}: the function failed in instance ${row}: ${reason}`, { cause });
    }
  }

  function write(state: ArrayLike<number>, z: Float32Array, row: number): void {
    if (state?.length !== size) {
      const got = state?.length === undefined ? kindOf(state) : `${state.length}`;
      throw new RangeError(
        `${name}: the function must return ${size} numbers, got ${got} in instance ${row}`,
      );
    }
    for (let i = 0; i < size; i++) {
      const value = state[i]!;
      if (binary ? value !== 0 && value !== 1 : !Number.isFinite(value)) {
        const want = binary ? 'zeros and ones (or set binary: false)' : 'finite numbers';
        throw new RangeError(
          `${name}: the function must return ${want}, got ${String(value)} at element ${i} in instance ${row}`,
        );
      }
      z[row * size + i] = value === 0 ? 0 : value; // not -0
    }
  }

  return {
    name,
    size,
    sense,
    kappa,
    solve(theta, z, rows, context = {}) {
      checkBatch(name, size, theta, z, rows);
      checkContext(name, context, rows);
      for (let row = 0; row < rows; row++) {
        for (let i = 0; i < size; i++) {
          const score = theta[row * size + i]!;
          if (Number.isNaN(score)) rejectNaN(name, row, `element ${i}`);
          scores[i] = score;
        }
        write(answer(row, ofInstance(context, row, rows)), z, row);
      }
    },
  };
}

function checkContext(solver: string, context: Context, rows: number): void {
  for (const [key, array] of Object.entries(context)) {
    if (rows > 0 && array.length % rows !== 0) {
      throw new RangeError(
        `${solver}: context.${key} must have as many numbers for each of ${rows} instances, got ${array.length}`,
      );
    }
  }
}

function ofInstance(context: Context, row: number, rows: number): Context {
  const own: Record<string, ArrayLike<number>> = {};
  for (const [key, array] of Object.entries(context)) {
    const count = array.length / rows;
    own[key] = Array.from({ length: count }, (_, i) => array[row * count + i]!);
  }
  return own;
}

function kindOf(value: unknown): string {
  const isPromise = typeof value === 'object' && value !== null && 'then' in value;
  return isPromise ? 'a promise (solve is synchronous: await what it needs beforehand)' : String(value);
}
