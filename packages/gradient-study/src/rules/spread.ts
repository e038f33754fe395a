/** Means over rows of the variance of g over a row's n coordinates, and of the square of its mean over them. */
export function varianceAndMean(g: Float32Array, n: number): { variance: number; mean2: number } {
  let variance = 0;
  let mean2 = 0;
  for (let row = 0; row < g.length; row += n) {
    let sum = 0;
    let squares = 0;
    for (let i = row; i < row + n; i++) {
      sum += g[i]!;
      squares += g[i]! ** 2;
    }
    variance += Math.max(0, squares - (sum * sum) / n) / (n - 1);
    mean2 += (sum / n) ** 2;
  }
  const rows = g.length / n;
  return { variance: variance / rows, mean2: mean2 / rows };
}

/**
 * Computes the root mean, over rows, of the variance of g over a row's n coordinates: the spread for structures whose
 * states all have the same number of ones.
 *
 * @example
 * ```ts
 * import { spreadAboutMean } from '@aimle/gradient-study';
 *
 * spreadAboutMean(Float32Array.of(1, 3), 2); // => ~1.4142
 * ```
 */
export function spreadAboutMean(g: Float32Array, n: number): number {
  return Math.sqrt(varianceAndMean(g, n).variance);
}

/**
 * Computes the root mean square of g: the spread for structures in which a single coordinate can change.
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

export function squareSum(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return sum;
}
