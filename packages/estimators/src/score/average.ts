import type { JsonValue } from '../layer/estimator.js';

/** An exponential moving average with its total weight: the mean is total / weight, without a bias towards 0. */
export interface Average {
  readonly total: number;
  readonly weight: number;
}

export const nothingSeen: Average = { total: 0, weight: 0 };

export function include(value: number, { total, weight }: Average, decay: number): Average {
  return { total: decay * total + (1 - decay) * value, weight: decay * weight + (1 - decay) };
}

/** Returns the mean, or `before` if nothing was included. */
export function meanOf({ total, weight }: Average, before: number): number {
  return weight > 0 ? total / weight : before;
}

/** Returns the mean of a batch of figures, or `before` for an empty one. */
export function batchMean(figures: Float64Array, before: number): number {
  return figures.length === 0 ? before : figures.reduce((sum, x) => sum + x, 0) / figures.length;
}

export function isAverage(saved: JsonValue | undefined): boolean {
  const { total, weight } = (saved ?? {}) as Partial<Record<keyof Average, JsonValue>>;
  return Number.isFinite(total) && typeof weight === 'number' && weight >= 0 && weight <= 1;
}

/** Throws when a decay is not in [0, 1). */
export function checkDecay(name: string, decay: number): void {
  if (!(decay >= 0 && decay < 1)) throw new RangeError(`${name}: decay must be in [0, 1), got ${decay}`);
}
