import { exponentials } from '../scaled/exponential.js';

/** The inside pass over the sequences of a chain: see {@link continuations}. */
export interface Continuations {
  /** The probability of label b at t + 1 after label a at t: at (t * labels + a) * labels + b. */
  readonly share: Float64Array;
  /** The probability of each label at position 0. */
  readonly start: Float64Array;
  /** Returns the log-partition, and fills both if asked to; NaN where theta needs more range than doubles have. */
  solve(theta: Float64Array, withShares: boolean): number;
}

/** Below this a product of numbers above zero might lose digits. */
const MIN_WEIGHT = 1e-290;

/**
 * Sums the weights of all continuations of each label, from the last position backward, as plain doubles relative to
 * one power of two per position. That is several times as fast as numbers with an exponent each, and as accurate, as it
 * adds and multiplies positive numbers only. But it needs range: before each position it holds the lightest product that
 * can occur there against the range of doubles. If digits could be lost it gives up, and the caller takes the
 * hypergraph.
 */
export function continuations(length: number, labels: number): Continuations {
  const unary = length * labels;
  const weights = new Float64Array(unary + (length - 1) * labels * labels);
  const share = new Float64Array(weights.length - unary);
  const start = new Float64Array(labels);
  /** By label: the weight of its continuations, divided by 2^power. */
  const after = new Float64Array(labels);
  const here = new Float64Array(labels);
  let power = 0;
  let least = 1;

  /** Computes the weights of the elements from `from` to before `end` relative to the maximum, and returns that. */
  function weigh(theta: Float64Array, from: number, end: number): number {
    let [high, low] = [-Infinity, Infinity];
    for (let i = from; i < end; i++) {
      const score = theta[i]!;
      if (score > high) high = score;
      if (score < low && score !== -Infinity) low = score;
    }
    const shift = high === -Infinity ? 0 : high;
    if (low < Infinity) least *= Math.exp(low - shift);
    if (least >= MIN_WEIGHT) exponentials(theta, shift, weights, from, end);
    return shift;
  }

  /** Goes from being at each label of t + 1 to leaving each label of t. */
  function leave(t: number, withShares: boolean): void {
    for (let a = 0; a < labels; a++) {
      const at = (t * labels + a) * labels;
      let sum = 0;
      for (let b = 0; b < labels; b++) sum += weights[unary + at + b]! * after[b]!;
      here[a] = sum;
      if (!withShares) continue;
      const scale = sum === 0 ? 0 : 1 / sum;
      for (let b = 0; b < labels; b++) share[at + b] = weights[unary + at + b]! * after[b]! * scale;
    }
    after.set(here);
  }

  /** Goes from leaving each label of t to being there. Returns the minimum of the numbers above zero, and at most 1. */
  function arrive(t: number): number {
    let [max, min] = [0, 1];
    for (let a = 0; a < labels; a++) {
      const value = weights[t * labels + a]! * after[a]!;
      after[a] = value;
      if (value > max) max = value;
      if (value < min && value > 0) min = value;
    }
    if (max === 0 || (max > 2 ** -64 && max < 2 ** 64)) return min;
    const shift = Math.floor(Math.log2(max));
    power += shift;
    for (let a = 0; a < labels; a++) after[a]! *= 2 ** -shift;
    return min * 2 ** -shift;
  }

  return {
    share,
    start,
    solve(theta, withShares) {
      least = 1;
      power = 0;
      let shift = length * weigh(theta, 0, unary);
      if (length > 1) shift += (length - 1) * weigh(theta, unary, theta.length);
      after.fill(1);
      let min = 1;
      for (let t = length - 1; t >= 0; t--) {
        if (!(min * least >= MIN_WEIGHT)) return NaN;
        if (t < length - 1) leave(t, withShares);
        min = arrive(t);
      }
      let sum = 0;
      for (let a = 0; a < labels; a++) sum += after[a]!;
      if (withShares) for (let a = 0; a < labels; a++) start[a] = sum === 0 ? 0 : after[a]! / sum;
      return Math.log(sum) + power * Math.LN2 + shift;
    },
  };
}
