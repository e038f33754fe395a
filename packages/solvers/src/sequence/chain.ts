import type { Kernels } from '@aimle/kernels';
import { described } from '../description.js';
import { solveRows } from '../kernelRows.js';
import { checkOptions } from '../options.js';
import type { Sense, Solver } from '../solver.js';
import {
  checkBatch,
  checkInteger,
  checkSense,
  rejectInfeasible,
  rejectInfinity,
  rejectNaN,
} from '../validation.js';

/**
 * Settings of {@link chain}.
 *
 * @example
 * ```ts
 * import { chain, type ChainOptions } from '@aimle/solvers';
 *
 * const options: ChainOptions = { length: 10, labels: 3 };
 * chain(options).size // => 111
 * ```
 */
export interface ChainOptions {
  /** Number of positions, at least 1. */
  readonly length: number;
  /** Number of labels to choose from at each position, at least 1. */
  readonly labels: number;
  /** Whether theta is scores (`'maximise'`, the default) or costs. */
  readonly sense?: Sense;
}

/**
 * Builds the linear-chain solver: it finds one label for each position of a sequence in which neighbours depend on each
 * other.
 *
 * z(theta) = argmax over label sequences y of sum_t theta[t, y_t] + sum_t theta[t, y_t, y_(t+1)]. Use it to tag words,
 * to segment signals into states, or to decode a hidden Markov model: wherever a label depends only on its neighbours.
 *
 * theta holds length * labels scores of labels, that of label a at position t at t * labels + a; then
 * (length - 1) * labels^2 scores of transitions, that from a at position t to b at t + 1 at
 * length * labels + (t * labels + a) * labels + b. Repeat the same block for each t where transitions do not depend on
 * the position. z marks the labels and the transitions taken: 2 * length - 1 ones.
 *
 * Among equally good sequences the one with the lower label at the first position where they differ wins. A masked
 * label or transition is never taken; an instance without any unmasked sequence is an error.
 *
 * Cost: O(length * labels^2) per instance, one pass over theta (Viterbi, "Error bounds for convolutional codes", 1967).
 * Exact. The solver holds 4 * length * labels bytes.
 *
 * @param options - the length, the number of labels, and the sense.
 * @returns a solver with `kappa` = 2 * length - 1.
 * @throws RangeError when length, labels or sense is out of range.
 *
 * @example
 * ```ts
 * import { chain } from '@aimle/solvers';
 *
 * // Two positions, two labels: label 1 is better at both, but the change from 0 to 1 is worth 5.
 * const solver = chain({ length: 2, labels: 2 });
 * const z = new Float32Array(8);
 * solver.solve(Float32Array.of(0, 1, 0, 1, 0, 5, 0, 0), z, 1);
 * Array.from(z) // => [1, 0, 0, 1, 0, 1, 0, 0]
 * ```
 */
export function chain(options: ChainOptions): Solver {
  const {
    length,
    labels,
    sense = 'maximise',
  } = checkOptions('chain', options, { length: true, labels: true, sense: true });
  const name = 'chain';
  checkInteger(name, 'length', length, 1, 2 ** 31 - 1);
  checkInteger(name, 'labels', labels, 1, 2 ** 31 - 1);
  const unary = length * labels;
  const size = unary + (length - 1) * labels * labels;
  checkInteger(name, 'length * labels + (length - 1) * labels^2', size, 1, 2 ** 31 - 1);
  checkSense(name, sense);
  const sign = sense === 'maximise' ? 1 : -1;
  /** The best value that can follow each label, from the current position and from the next. */
  let here = new Float64Array(labels);
  let after = new Float64Array(labels);
  /** The best label to follow each label. */
  const next = new Int32Array(unary);

  function reject(row: number, element: number, score: number): never {
    const pair = element - unary;
    const where =
      pair < 0
        ? `label (${Math.floor(element / labels)}, ${element % labels})`
        : `transition (${Math.floor(pair / labels ** 2)}, ${Math.floor(pair / labels) % labels}, ${pair % labels})`;
    if (Number.isNaN(score)) rejectNaN(name, row, where);
    rejectInfinity(name, sense, row, where);
  }

  function decode(theta: Float32Array, z: Float32Array, row: number): void {
    const start = row * size;
    for (let t = length - 1; t >= 0; t--) {
      for (let a = 0; a < labels; a++) {
        const label = t * labels + a;
        const score = sign * theta[start + label]!;
        // True for infinity and for NaN.
        if (!(score < Infinity)) reject(row, label, score);
        if (t === length - 1) {
          here[a] = score;
          continue;
        }
        const transitions = unary + label * labels;
        const follower = bestFollower(theta, start + transitions, sign, after);
        if (follower < 0) {
          const element = transitions - 1 - follower;
          reject(row, element, sign * theta[start + element]!);
        }
        next[label] = follower;
        here[a] = score + (sign * theta[start + transitions + follower]! + after[follower]!);
      }
      const done = after;
      after = here;
      here = done;
    }
    let label = 0;
    for (let a = 1; a < labels; a++) if (after[a]! > after[label]!) label = a;
    if (after[label] === -Infinity) {
      rejectInfeasible(name, row, 'every sequence has a masked label or transition; mask fewer');
    }
    for (let t = 0; t < length; t++) {
      const at = t * labels + label;
      z[start + at] = 1;
      if (t === length - 1) return;
      label = next[at]!;
      z[start + unary + at * labels + label] = 1;
    }
  }

  const byKernels = {
    size,
    sense,
    room: 24 * (labels + 2) + 4 * unary,
    set: ({ setChain }: Kernels, room: number) => setChain(length, labels, room),
  };
  return described(
    {
      name,
      size,
      sense,
      kappa: 2 * length - 1,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        z.fill(0);
        solveRows(byKernels, theta, z, rows, (row) => decode(theta, z, row));
      },
    },
    { length, labels, sense },
  );
}

/**
 * The best label to follow one whose transitions begin at `at`; -1 - b if the transition to b is not allowed.
 *
 * Four labels share one branch, which is rarely taken once a good label is found: it is also for what is not allowed.
 */
function bestFollower(theta: Float32Array, at: number, sign: 1 | -1, after: Float64Array): number {
  const labels = after.length;
  let best = -Infinity;
  let follower = 0;
  for (let from = 0; from < labels; from += 4) {
    const i = at + from;
    if (from + 4 <= labels) {
      const value0 = sign * theta[i]! + after[from]!;
      const value1 = sign * theta[i + 1]! + after[from + 1]!;
      const value2 = sign * theta[i + 2]! + after[from + 2]!;
      const value3 = sign * theta[i + 3]! + after[from + 3]!;
      if (value0 <= best && value1 <= best && value2 <= best && value3 <= best) continue;
    }
    const end = Math.min(from + 4, labels);
    for (let b = from; b < end; b++) {
      const transition = sign * theta[at + b]!;
      const value = transition + after[b]!;
      if (value <= best) continue;
      if (!(transition < Infinity)) return -1 - b;
      best = value;
      follower = b;
    }
  }
  return follower;
}
