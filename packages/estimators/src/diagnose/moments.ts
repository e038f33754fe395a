import type { MeasuredMean } from './diagnosis.js';

/** Means and variances of vectors that are met one after the other (Welford 1962). */
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

  /** Sum over coordinates of the variance of one vector; of their mean it is this over the count. */
  get totalVariance(): number {
    return this.#squares.reduce((sum, value) => sum + value, 0) / (this.#count - 1);
  }

  get count(): number {
    return this.#count;
  }
}

/** The mean of numbers, and its standard error. */
export function measuredMean(values: readonly number[]): MeasuredMean {
  const moments = new Moments(1);
  for (const value of values) moments.add([value]);
  return { mean: moments.mean[0]!, error: Math.sqrt(moments.totalVariance / values.length) };
}

/** |E G|^2 / tr Cov(G), with what the variance adds to the square of the sample mean taken off. */
export function signalToNoise(moments: Moments): number | null {
  const noise = moments.totalVariance;
  const squared = moments.mean.reduce((sum, value) => sum + value * value, 0);
  if (squared === 0) return null;
  // A gradient that never varies has no noise; JSON has no infinity, so this is as far as it goes.
  return noise > 0 ? Math.max(0, squared - noise / moments.count) / noise : Number.MAX_VALUE;
}
