/** One quantity compared: how far off it is, in its own units, and how far it may be. */
export interface Check {
  readonly name: string;
  readonly error: number;
  readonly tolerance: number;
}

/** The largest difference of two arrays, relative to the larger of 1 and the expected value; infinite if one is NaN. */
export function furthest(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  }
  return worst;
}

/** In double precision: wasm's own norm adds 401,408 squares in one single-precision sum, which loses 1e-4. */
export function euclidean(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0));
}

/** A quantity whose error counts relative to its size. */
export function relative(name: string, actual: number, expected: number, tolerance: number): Check {
  return { name, error: Math.abs(actual - expected) / Math.abs(expected), tolerance };
}
