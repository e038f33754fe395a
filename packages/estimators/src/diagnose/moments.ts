import type { MeasuredMean } from './diagnosis.js';

/** Accumulates means and variances of vectors, one vector at a time (Welford 1962). */
export class Moments {
  readonly mean: Float64Array;
  #squares: Float64Array;
  #count = 0;

  constructor(size: number) {
    this.mean = new Float64Array(size);
    this.#squares = new Float64Array(size);
  }

  add(values: ArrayLike<number>): void {
    this.#count++;
    for (let i = 0; i < this.mean.length; i++) {
      const off = values[i]! - this.mean[i]!;
      this.mean[i]! += off / this.#count;
      this.#squares[i]! += off * (values[i]! - this.mean[i]!);
    }
  }

  /** Sum over coordinates of the variance of one vector; divide by `count` for that of the mean. */
  get totalVariance(): number {
    return this.#squares.reduce((sum, value) => sum + value, 0) / (this.#count - 1);
  }

  get count(): number {
    return this.#count;
  }
}

/** Computes the mean of numbers and its standard error. */
export function measuredMean(values: readonly number[]): MeasuredMean {
  const moments = new Moments(1);
  for (const value of values) moments.add([value]);
  return { mean: moments.mean[0]!, error: Math.sqrt(moments.totalVariance / values.length) };
}

/** Computes |E G|^2 / tr Cov(G), corrected for what the variance adds to the square of the sample mean. */
export function signalToNoise(moments: Moments): number | null {
  const noise = moments.totalVariance;
  const squared = moments.mean.reduce((sum, value) => sum + value * value, 0);
  if (squared === 0) return null;
  // A gradient without noise would give infinity, which JSON does not have.
  return noise > 0 ? Math.max(0, squared - noise / moments.count) / noise : Number.MAX_VALUE;
}
