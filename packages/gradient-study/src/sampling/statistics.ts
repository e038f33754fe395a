/** A mean and its standard error. */
export interface MeanWithError {
  readonly mean: number;
  readonly error: number;
}

export function meanOf(values: ArrayLike<number>): MeanWithError {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return { mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) };
}

/** Computes the cosine between two vectors; 0 if one of them is zero, as in the paper's study. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0;
  let ofA = 0;
  let ofB = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!;
    ofA += a[i]! * a[i]!;
    ofB += b[i]! * b[i]!;
  }
  return ofA > 0 && ofB > 0 ? product / Math.sqrt(ofA * ofB) : 0;
}

/**
 * Averages, over groups of `samples` rows, the cosine between the truth and the sum of a group's differences. All
 * rows of a group share one lambda, so dividing by it would change nothing.
 */
export function meanCosine(
  differences: Float32Array,
  rows: number,
  samples: number,
  truth: Float64Array,
): number {
  const n = truth.length;
  const total = new Float64Array(n);
  let sum = 0;
  const groups = Math.floor(rows / samples);
  for (let group = 0; group < groups; group++) {
    total.fill(0);
    const start = group * samples * n;
    for (let s = 0; s < samples; s++) {
      const row = start + s * n;
      for (let i = 0; i < n; i++) total[i]! += differences[row + i]!;
    }
    sum += cosine(total, truth);
  }
  return sum / groups;
}

export function sumOfRows(rows: Float32Array, n: number): Float64Array {
  const sum = new Float64Array(n);
  for (let at = 0; at < rows.length; at++) sum[at % n]! += rows[at]!;
  return sum;
}

export function shareOfZeros(values: ArrayLike<number>): number {
  let zeros = 0;
  for (let at = 0; at < values.length; at++) if (values[at] === 0) zeros++;
  return zeros / values.length;
}
