/** Values of some sites of a sequence, such as a gradient that is zero elsewhere: row i belongs to site `at[i]`. */
export interface Rows {
  /** Ascending. */
  readonly at: Int32Array;
  /** [at.length, channels] */
  readonly values: Float32Array;
}

/** Copies the given rows of a matrix with `channels` columns. */
export function rowsAt(matrix: Float32Array, channels: number, at: Int32Array): Float32Array {
  const out = new Float32Array(at.length * channels);
  at.forEach((row, i) => {
    out.set(matrix.subarray(row * channels, (row + 1) * channels), i * channels);
  });
  return out;
}
