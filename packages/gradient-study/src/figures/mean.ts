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
