import { ITEMS } from './problem.js';

export interface Quality {
  readonly mean: Float64Array;
  /** 1 - cosine between the mean of all and the truth, less what chance adds; NaN where all are zero. */
  readonly bias: number;
  /** 1 - cosine of one estimate, on average; an estimate of zero counts 1. */
  readonly error: number;
  /** The fraction of estimates that are zero in all coordinates. */
  readonly zeros: number;
}

export function qualityOf(estimates: Float32Array, truth: Float64Array): Quality {
  const count = estimates.length / ITEMS;
  const mean = new Float64Array(ITEMS);
  estimates.forEach((value, i) => {
    mean[i % ITEMS]! += value / count;
  });
  let zeros = 0;
  let cosines = 0;
  // Only spread across the mean's direction turns it.
  let across = 0;
  const size = norm(mean);
  for (let row = 0; row < estimates.length; row += ITEMS) {
    const one = estimates.subarray(row, row + ITEMS);
    const length = norm(one);
    if (length === 0) zeros++;
    else cosines += dot(one, truth) / (length * norm(truth));
    const along = size > 0 ? dot(one, mean) / size : 0;
    across += length * length - along * along;
  }
  const chance = across / (count * count) / (2 * size * size);
  return {
    mean,
    bias: size > 0 ? Math.max(0, 1 - dot(mean, truth) / (size * norm(truth)) - chance) : Number.NaN,
    error: 1 - cosines / count,
    zeros: zeros / count,
  };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < ITEMS; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a));
}
