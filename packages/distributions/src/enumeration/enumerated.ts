import { checkOptions, custom, type Sense, type Solver, type StructureDescription } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { type Listed, listedInference, listOf, sortLexicographically } from './listedInference.js';

/**
 * Settings of {@link enumerated}.
 *
 * @example
 * ```ts
 * import { enumerated, type EnumeratedOptions } from '@aimle/distributions';
 *
 * const either: EnumeratedOptions = { name: 'either', size: 2, states: [[1, 0], [0, 1]] };
 * enumerated(either).kappa // => 1
 * ```
 */
export interface EnumeratedOptions {
  /** Name in error messages and logs. */
  readonly name: string;
  /** Numbers in a state, at least 1. */
  readonly size: number;
  /** All states, in any order: `size` zeros and ones each, without duplicates. */
  readonly states: Iterable<ArrayLike<number>>;
  /** Whether theta is scores or costs. Default: the sense of `solver`, or `'maximise'` without one. */
  readonly sense?: Sense;
  /** Finds the best state. Default: a search through all states, in which the lexicographically greatest wins ties. */
  readonly solver?: Solver;
}

/**
 * Builds a distribution from the list of its states. Every operation goes through all of them.
 *
 * Use it to give your own small structures all operations, and to test faster implementations. theta has one logit per
 * element. kappa is that of the solver, by default the mean number of ones. Its description is its list of states; with
 * your own solver it has no description.
 *
 * Cost: O(number of ones in all states) per instance for every operation. Exact, at any range of theta. Memory: 40
 * bytes per state, and 4 for each of its ones.
 *
 * @param options - a name, the size, the states, the sense, and optionally a fast solver.
 * @returns the distribution.
 * @throws RangeError when there is no state, a state has another length or other numbers than 0 and 1, or occurs twice,
 * or the solver has another size or sense.
 *
 * @example
 * ```ts
 * import { enumerated } from '@aimle/distributions';
 *
 * // Neighbours may not both be one.
 * const states = [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1]];
 * const sparse = enumerated({ name: 'sparse', size: 3, states });
 * Array.from(sparse.marginals(new Float64Array(3)), (mu) => mu.toFixed(1)) // => ['0.4', '0.2', '0.4']
 * ```
 */
export function enumerated(options: EnumeratedOptions): RankedDistribution {
  checkOptions('enumerated', options, { name: true, size: true, states: true, sense: true, solver: true });
  const { name, size, solver, sense = solver?.sense ?? 'maximise' } = options;
  checkInteger(name, 'size', size, 1, 2 ** 31 - 1);
  const states = sortLexicographically(
    Array.from(options.states, (state, s) => checkedState(name, size, state, s)),
  );
  if (states.length === 0) throw new RangeError(`${name}: states must hold at least one state, got none`);
  states.forEach((state, s) => {
    if (s > 0 && state.every((one, i) => one === states[s - 1]![i])) {
      throw new RangeError(`${name}: states must differ, got ${state.join('')} twice`);
    }
  });
  const listed = listOf(states);
  if (solver === undefined) {
    return assemble(listedInference(exhaustive(name, size, sense, listed, states), listed));
  }
  if (solver.size !== size || solver.sense !== sense) {
    throw new RangeError(
      `${name}: solver must ${sense} over ${size} elements, got one that has sense '${solver.sense}' and size ${solver.size}`,
    );
  }
  const named: Solver = {
    name,
    size,
    sense,
    kappa: solver.kappa,
    solve: (theta, z, rows, context) => solver.solve(theta, z, rows, context),
  };
  return assemble(listedInference(named, listed));
}

function checkedState(name: string, size: number, state: ArrayLike<number>, s: number): Uint8Array {
  if (state.length !== size) {
    throw new RangeError(
      `${name}: states must have size = ${size} numbers, got ${state.length} in state ${s}`,
    );
  }
  const copy = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    if (state[i] !== 0 && state[i] !== 1) {
      throw new RangeError(`${name}: states must hold zeros and ones, got ${String(state[i])} in state ${s}`);
    }
    copy[i] = state[i]!;
  }
  return copy;
}

/** Builds a solver that returns the first of the best states in the list. */
function exhaustive(
  name: string,
  size: number,
  sense: Sense,
  { first, ones }: Listed,
  states: readonly Uint8Array[],
): Solver {
  const sign = sense === 'maximise' ? 1 : -1;
  const solver = custom({
    name,
    size,
    sense,
    kappa: Math.max(1, ones.length / states.length),
    solve(theta) {
      let best = -Infinity;
      let at = 0;
      for (let s = 0; s < states.length; s++) {
        let sum = 0;
        for (let i = first[s]!; i < first[s + 1]!; i++) sum += sign * theta[ones[i]!]!;
        if (sum > best) {
          best = sum;
          at = s;
        }
      }
      return states[at]!;
    },
  });
  const get = (): StructureDescription => ({
    name: 'enumerated',
    options: { name, size, states: states.map((state) => Array.from(state)), sense },
  });
  return Object.defineProperty(solver, 'description', { get });
}
