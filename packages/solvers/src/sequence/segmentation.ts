import { described } from '../description.js';
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
 * Settings of {@link segmentation}.
 *
 * @example
 * ```ts
 * import { segmentation, type SegmentationOptions } from '@aimle/solvers';
 *
 * const options: SegmentationOptions = { length: 4, maxLength: 2, labels: 3, transitions: true };
 * segmentation(options).size // => 48
 * ```
 */
export interface SegmentationOptions {
  /** Number of positions to be divided into segments, at least 1. */
  readonly length: number;
  /** The longest segment allowed, in [1, length]. */
  readonly maxLength: number;
  /** Number of labels that a segment may have, at least 1. */
  readonly labels: number;
  /** Whether theta also scores the labels of neighbouring segments. Default: false. */
  readonly transitions?: boolean;
  /** Whether theta is scores (`'maximise'`, the default) or costs. */
  readonly sense?: Sense;
}

/**
 * Builds the segmentation solver (semi-Markov): it divides a sequence into segments and labels each.
 *
 * z(theta) = argmax over divisions of positions 0..length-1 into segments of at most `maxLength`, of the sum of
 * theta[start, length, label] over the segments, plus theta[p, a, b] for each place p > 0 where a segment of label b
 * follows one of label a, if `transitions` is true. Use it for phrases, gestures, phones: wherever the score of a
 * segment is not a sum over its positions.
 *
 * theta holds the segments that fit, by start, then length, then label. With L = length, M = maxLength and K = labels,
 * segment (s, l, k), 1 <= l <= min(M, L - s), is at K * (s * M - d * (d + 1) / 2 + l - 1) + k, where d = max(0,
 * s - 1 - L + M) counts the starts before s where a segment of length M does not fit. After them, with `transitions`,
 * come (L - 1) * K^2 transitions: (p, a, b), 1 <= p < L, at segments + ((p - 1) * K + a) * K + b. z marks the segments
 * and the transitions taken.
 *
 * Among equally good divisions, at the first segment in which they differ, the shorter wins, then the lower label. A
 * masked segment or transition is never taken; an instance without any unmasked division is an error.
 *
 * Cost: O(L * M * K), and O(L * K^2) more with transitions, one pass over theta (Sarawagi and Cohen, "Semi-Markov
 * conditional random fields for information extraction", NIPS 2004). Exact. The solver holds about 30 * L * K bytes.
 *
 * @param options - the length, the longest segment, the labels, whether there are transitions, and the sense.
 * @returns a solver whose `kappa` is the number of ones when segments have the mean length (maxLength + 1) / 2.
 * @throws RangeError when a number or the sense is out of range.
 *
 * @example
 * ```ts
 * import { segmentation } from '@aimle/solvers';
 *
 * // Segments of three positions and one label: (0,1), (0,2), (1,1), (1,2), (2,1).
 * const solver = segmentation({ length: 3, maxLength: 2, labels: 1 });
 * const z = new Float32Array(5);
 * solver.solve(Float32Array.of(1, 5, 1, 3, 1), z, 1);
 * Array.from(z) // => [0, 1, 0, 0, 1]
 * ```
 */
export function segmentation(options: SegmentationOptions): Solver {
  checkOptions('segmentation', options, {
    length: true,
    maxLength: true,
    labels: true,
    transitions: true,
    sense: true,
  });
  const { length, maxLength, labels, transitions = false, sense = 'maximise' } = options;
  const name = 'segmentation';
  checkInteger(name, 'length', length, 1, 2 ** 31 - 1);
  checkInteger(name, 'maxLength', maxLength, 1, length);
  checkInteger(name, 'labels', labels, 1, 2 ** 31 - 1);
  const segments = offsetOf(length);
  const size = segments + (transitions ? (length - 1) * labels * labels : 0);
  checkInteger(name, 'the number of segments and transitions', size, 1, 2 ** 31 - 1);
  checkSense(name, sense);
  const sign = sense === 'maximise' ? 1 : -1;
  /** At (p, k): the best division from p on whose first segment has label k, and the length of that segment. */
  const starting = new Float64Array(labels);
  const stretch = new Int32Array(length * labels);
  /** At (p, a): the best division from p on after a segment of label a, and the label of its first segment. */
  const following = new Float64Array((length + 1) * labels);
  const follower = new Int32Array(length * labels);

  function offsetOf(start: number): number {
    const short = Math.max(0, start - 1 - length + maxLength);
    return labels * (start * maxLength - (short * (short + 1)) / 2);
  }

  function reject(row: number, score: number, where: string): never {
    if (Number.isNaN(score)) rejectNaN(name, row, where);
    rejectInfinity(name, sense, row, where);
  }

  function begin(theta: Float32Array, row: number, p: number): void {
    starting.fill(-Infinity);
    const longest = Math.min(maxLength, length - p);
    let element = row * size + offsetOf(p);
    for (let l = 1; l <= longest; l++) {
      const rest = (p + l) * labels;
      for (let k = 0; k < labels; k++) {
        const score = sign * theta[element++]!;
        if (!(score < Infinity)) reject(row, score, `segment (${p}, ${l}, ${k})`);
        const value = score + following[rest + k]!;
        if (value > starting[k]!) {
          starting[k] = value;
          stretch[p * labels + k] = l;
        }
      }
    }
  }

  /** After label a: the best label at p; among equals the one with the shortest segment, then the lowest. */
  function follow(theta: Float32Array, row: number, p: number, a: number): void {
    const from = row * size + segments + ((p - 1) * labels + a) * labels;
    const scored = transitions && p > 0;
    let best = -Infinity;
    let chosen = 0;
    for (let b = 0; b < labels; b++) {
      const score = scored ? sign * theta[from + b]! : 0;
      if (!(score < Infinity)) reject(row, score, `transition (${p}, ${a}, ${b})`);
      const value = score + starting[b]!;
      if (
        value > best ||
        (value === best && value > -Infinity && stretch[p * labels + b]! < stretch[p * labels + chosen]!)
      ) {
        best = value;
        chosen = b;
      }
    }
    following[p * labels + a] = best;
    follower[p * labels + a] = chosen;
  }

  function divide(theta: Float32Array, z: Float32Array, row: number): void {
    for (let p = length - 1; p >= 0; p--) {
      begin(theta, row, p);
      if (transitions && p > 0) for (let a = 0; a < labels; a++) follow(theta, row, p, a);
      else {
        follow(theta, row, p, 0);
        following.fill(following[p * labels]!, p * labels, (p + 1) * labels);
        follower.fill(follower[p * labels]!, p * labels, (p + 1) * labels);
      }
    }
    if (following[0] === -Infinity) {
      rejectInfeasible(name, row, 'every division has a masked segment or transition; mask fewer');
    }
    const start = row * size;
    let label = 0;
    for (let p = 0; p < length; ) {
      const previous = label;
      label = follower[p * labels + previous]!;
      const l = stretch[p * labels + label]!;
      z[start + offsetOf(p) + (l - 1) * labels + label] = 1;
      if (transitions && p > 0) z[start + segments + ((p - 1) * labels + previous) * labels + label] = 1;
      p += l;
    }
  }

  const typical = Math.max(Math.ceil(length / maxLength), (2 * length) / (maxLength + 1));
  return described(
    {
      name,
      size,
      sense,
      kappa: transitions ? 2 * typical - 1 : typical,
      solve(theta, z, rows) {
        checkBatch(name, size, theta, z, rows);
        z.fill(0);
        for (let row = 0; row < rows; row++) divide(theta, z, row);
      },
    },
    { length, maxLength, labels, transitions, sense },
  );
}
