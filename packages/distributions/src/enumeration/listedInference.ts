import { fillUniform } from '@aimle/random';
import type { Solver } from '@aimle/solvers';
import type { Inference } from '../inference.js';
import { divergenceOf, entropyOf, softmax } from './softmax.js';

/** States as the lists of their ones: those of state s are ones[first[s]], ..., ones[first[s + 1] - 1]. */
export interface Listed {
  readonly first: Int32Array;
  readonly ones: Int32Array;
}

/** Makes the list of states, given in lexicographic order, the greatest first. */
export function listOf(states: readonly Uint8Array[]): Listed {
  const first = new Int32Array(states.length + 1);
  states.forEach((state, s) => {
    first[s + 1] = first[s]! + state.reduce((sum, one) => sum + one, 0);
  });
  const ones = new Int32Array(first[states.length]!);
  let at = 0;
  for (const state of states) for (const [i, one] of state.entries()) if (one === 1) ones[at++] = i;
  return { first, ones };
}

/** Builds exact inference that goes through all states, listed with the lexicographically greatest first. */
export function listedInference(
  solver: Solver,
  { first, ones }: Listed,
): Inference & Required<Pick<Inference, 'best' | 'kl'>> {
  const { name, size } = solver;
  const count = first.length - 1;
  const scores = new Float64Array(count);
  const p = new Float64Array(count);
  const otherScores = new Float64Array(count);
  const q = new Float64Array(count);
  const uniform = new Float64Array(1);

  function score(theta: Float64Array, into: Float64Array): void {
    for (let s = 0; s < count; s++) {
      let sum = 0;
      for (let i = first[s]!; i < first[s + 1]!; i++) sum += theta[ones[i]!]!;
      into[s] = sum;
    }
  }

  function solve(theta: Float64Array): number {
    score(theta, scores);
    return softmax(scores, p);
  }

  /** Spreads a number for each state over the state's ones. */
  function spread(numbers: Float64Array, into: Float64Array): void {
    into.fill(0);
    for (let s = 0; s < count; s++) {
      if (numbers[s] === 0) continue;
      for (let i = first[s]!; i < first[s + 1]!; i++) into[ones[i]!]! += numbers[s]!;
    }
  }

  function marginals(theta: Float64Array, mu: Float64Array): number {
    const logPartition = solve(theta);
    spread(p, mu);
    return logPartition;
  }

  /** Turns the sum of v over each state into the tangents of the probabilities, p_s (v_s - sum_t p_t v_t). */
  function differentiate(numbers: Float64Array): void {
    let likeliest = 0;
    for (let s = 1; s < count; s++) if (p[s]! > p[likeliest]!) likeliest = s;
    // Relative to the likeliest state, nothing cancels if that state has almost all the probability.
    const centre = numbers[likeliest]!;
    let mean = 0;
    for (let s = 0; s < count; s++) mean += p[s]! * (numbers[s]! - centre);
    for (let s = 0; s < count; s++) numbers[s] = p[s]! * (numbers[s]! - centre - mean);
  }

  function mark(s: number, z: Float64Array | Uint8Array): void {
    for (let i = first[s]!; i < first[s + 1]!; i++) z[ones[i]!] = 1;
  }

  return {
    solver,
    contains(z) {
      let total = 0;
      for (const one of z) {
        if (one !== 0 && one !== 1) return false;
        total += one;
      }
      for (let s = 0; s < count; s++) {
        let shared = 0;
        for (let i = first[s]!; i < first[s + 1]!; i++) shared += z[ones[i]!]!;
        if (shared === total && first[s + 1]! - first[s]! === total) return true;
      }
      return false;
    },
    logPartition: solve,
    marginals,
    covarianceProduct(theta, v, mu, out) {
      const logPartition = marginals(theta, mu);
      score(v, q);
      differentiate(q);
      spread(q, out);
      return logPartition;
    },
    sample(key, theta, z) {
      const logPartition = solve(theta);
      if (logPartition === -Infinity) return logPartition;
      fillUniform(key, uniform);
      z.fill(0);
      mark(drawn(p, uniform[0]!), z);
      return logPartition;
    },
    entropy: (theta) => (solve(theta) === -Infinity ? -Infinity : entropyOf(p)),
    kl(theta, other) {
      const logPartition = solve(theta);
      if (logPartition === -Infinity) return -Infinity;
      score(other, otherScores);
      const otherLogPartition = softmax(otherScores, q);
      if (otherLogPartition === -Infinity) return Infinity;
      return divergenceOf(scores, logPartition, p, otherScores, otherLogPartition, q);
    },
    best(theta, m, z, values) {
      score(theta, scores);
      const order = Array.from(scores.keys()).filter((s) => scores[s]! > -Infinity);
      order.sort((a, b) => scores[b]! - scores[a]! || a - b);
      order.slice(0, m).forEach((s, j) => {
        mark(s, z.subarray(j * size, (j + 1) * size));
        values[j] = scores[s]!;
      });
      return Math.min(m, order.length);
    },
    states() {
      checkCount(name, count);
      return Array.from({ length: count }, (_, s) => {
        const state = new Uint8Array(size);
        mark(s, state);
        return state;
      });
    },
  };
}

/** Finds the state in whose part of [0, 1] the number lies; never an impossible one, despite rounding. */
function drawn(p: Float64Array, uniform: number): number {
  let rest = uniform;
  let last = 0;
  for (let s = 0; s < p.length; s++) {
    if (p[s] === 0) continue;
    last = s;
    rest -= p[s]!;
    if (rest < 0) break;
  }
  return last;
}

/** Sorts states in place, the lexicographically greatest first: the order in which ties break. */
export function sortLexicographically(states: Uint8Array[]): Uint8Array[] {
  return states.sort((a, b) => {
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return b[i]! - a[i]!;
    return 0;
  });
}

/** More states than this would exhaust the memory. */
const MAX_STATES = 2 ** 20;

/** Checks that the states can be listed; `count` may be rounded. */
export function checkCount(name: string, count: number): void {
  if (count > MAX_STATES) {
    throw new RangeError(
      `${name}: states can list at most ${MAX_STATES} states, got about ${count.toPrecision(3)}; ` +
        'draw samples instead, or use topStates',
    );
  }
}
