/**
 * The root mean, over rows, of the variance of g over the n coordinates of a row: what @aimle/estimators measures.
 *
 * @example
 * ```ts
 * import { spreadAboutMean } from '@aimle/gradient-study';
 *
 * spreadAboutMean(Float32Array.of(1, 3), 2); // => ~1.4142
 * ```
 */
export function spreadAboutMean(g: Float32Array, n: number): number {
  let variance = 0;
  for (let row = 0; row < g.length; row += n) {
    let sum = 0;
    let squares = 0;
    for (let i = row; i < row + n; i++) {
      sum += g[i]!;
      squares += g[i]! ** 2;
    }
    variance += Math.max(0, squares - (sum * sum) / n) / (n - 1);
  }
  return Math.sqrt((variance * n) / g.length);
}

/**
 * The root mean square of g: for structures in which a coordinate can change alone.
 *
 * @example
 * ```ts
 * import { spreadAboutZero } from '@aimle/gradient-study';
 *
 * spreadAboutZero(Float32Array.of(3, 4)); // => ~3.5355
 * ```
 */
export function spreadAboutZero(g: Float32Array): number {
  return Math.sqrt(squareSum(g) / g.length);
}

/** Sum of squares. */
export function squareSum(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return sum;
}
