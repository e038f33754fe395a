import { type ExactSum, exactSum } from './exactSum.js';

/** More than the six roundings of a sum of six numbers, relative to the sum of their magnitudes. */
export const rounding = 2 ** -49;

const difference = exactSum();

/**
 * Whether the edges a, b and c together cost more than x, y and z, which would replace them; 0 stands for no edge.
 *
 * It is exact, so that no series of gains comes back to where it began, and a large cost does not hide a small gain.
 * Exact sums are needed only where rounding could decide.
 */
export function isGain(a: number, b: number, c: number, x: number, y: number, z: number): boolean {
  const gain = a - x + (b - y) + (c - z);
  const doubt =
    rounding * (Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(x) + Math.abs(y) + Math.abs(z));
  if (gain < -doubt) return false;
  return gain > doubt || isExactGain(a, b, c, x, y, z);
}

function isExactGain(a: number, b: number, c: number, x: number, y: number, z: number): boolean {
  difference.clear();
  addGain(difference, a, b, c, x, y, z);
  return difference.sign() > 0;
}

/** Adds to a sum what an exchange gains. */
export function addGain(
  sum: ExactSum,
  a: number,
  b: number,
  c: number,
  x: number,
  y: number,
  z: number,
): void {
  sum.add(a);
  sum.add(-x);
  sum.add(b);
  sum.add(-y);
  sum.add(c);
  sum.add(-z);
}
