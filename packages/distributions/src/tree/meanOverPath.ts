/** The eight Gauss-Legendre points in (-1, 1) are these and their negatives. */
const points = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363] as const;
const shares = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763] as const;

/**
 * Computes the integral of (1 - t) f(t) for t from 0 to 1. With f the second derivative of a function along a path, it
 * is how far the function's end lies above the tangent at its beginning, with a relative error of 1e-15 if f changes by
 * no more than a small factor.
 */
export function meanOverPath(f: (t: number) => number): number {
  let sum = 0;
  for (let i = 0; i < points.length; i++) {
    const [early, late] = [(1 - points[i]!) / 2, (1 + points[i]!) / 2];
    sum += (shares[i]! / 2) * (late * f(early) + early * f(late));
  }
  return sum;
}
