import { custom, type Solver } from '@aimle/solvers';
import { assemble } from '../assemble.js';
import type { RankedDistribution } from '../distribution.js';
import { checkInteger } from '../validation.js';
import { sortLexicographically } from './lexicographic.js';
import { type Listed, listedInference } from './listedInference.js';

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
  /** All states, in any order: `size` zeros and ones each, none of them twice. */
  readonly states: Iterable<ArrayLike<number>>;
  /** Finds the mode; it maximises. Default: going through the states, the lexicographically greatest wins ties. */
  readonly solver?: Solver;
}

/**
 * A structure by the list of its states: every operation goes through all of them.
 *
 * Use it for small structures of your own, so that they have everything that others have, and to test faster ways
 * against. theta has one logit an element. kappa is that of the solver, by default the mean number of ones.
 *
 * Cost: O(number of ones in all states) an instance for everything. Exact, at any range of theta. A state costs 4 bytes a
 * one, and 40 bytes.
 *
 * @param options - a name, the size, the states, and a solver if there is a fast one.
 * @returns the distribution.
 * @throws RangeError when there is no state, a state has another length or other numbers than 0 and 1, or occurs twice,
 * or the solver has another size or minimises.
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
export function enumerated({ name, size, states, solver }: EnumeratedOptions): RankedDistribution {
  checkInteger(name, 'size', size, 1, 2 ** 31 - 1);
  const checked = sortLexicographically(Array.from(states, (state, s) => checkedState(name, size, state, s)));
  if (checked.length === 0) throw new RangeError(`${name}: states must hold at least one state, got none`);
  checked.forEach((state, s) => {
    if (s > 0 && state.every((one, i) => one === checked[s - 1]![i])) {
      throw new RangeError(`${name}: states must differ, got ${state.join('')} twice`);
    }
  });
  const listed = listOf(checked);
  if (solver && (solver.size !== size || solver.sense !== 'maximise')) {
    throw new RangeError(
      `${name}: solver must maximise over ${size} elements, got one that has sense '${solver.sense}' and size ${solver.size}`,
    );
  }
  return assemble(listedInference(name, size, listed, solver ?? exhaustive(name, size, listed, checked)));
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

function listOf(states: readonly Uint8Array[]): Listed {
  const first = new Int32Array(states.length + 1);
  states.forEach((state, s) => {
    first[s + 1] = first[s]! + state.reduce((sum, one) => sum + one, 0);
  });
  const ones = new Int32Array(first[states.length]!);
  let at = 0;
  for (const state of states) for (const [i, one] of state.entries()) if (one === 1) ones[at++] = i;
  return { first, ones };
}

/** The first of the best states in the list. */
function exhaustive(name: string, size: number, { first, ones }: Listed, states: Uint8Array[]): Solver {
  return custom({
    name,
    size,
    kappa: Math.max(1, ones.length / states.length),
    solve(theta) {
      let best = -Infinity;
      let at = 0;
      for (let s = 0; s < states.length; s++) {
        let sum = 0;
        for (let i = first[s]!; i < first[s + 1]!; i++) sum += theta[ones[i]!]!;
        if (sum > best) {
          best = sum;
          at = s;
        }
      }
      return states[at]!;
    },
  });
}
