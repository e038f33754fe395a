import { edge, STRIDE } from '../quantileTable.js';
import { type Point, pointAt } from './series.js';
import type { QuantileTable } from './table.js';

/**
 * Proven bounds on the difference between a table and the distribution that it tabulates.
 *
 * @experimental
 */
export interface SumOfGammaError {
  /** |drawn quantile - true quantile| for every u in (0, 1). */
  readonly quantile: number;
  /** |F(drawn quantile at u) - u| for every u in (0, 1), F the true distribution function. */
  readonly distribution: number;
}

/** Number of pieces into which the proof cuts each cell. */
const PIECES = 8;
/** The relative error of the computed tails and densities, see series.ts. */
const ROUNDING = 1e-11;

/** A cell's cubic and its derivatives at p, with the distribution of Y there. */
interface Sample {
  readonly p: number;
  readonly y: number;
  readonly slope: number;
  readonly bend: number;
  readonly point: Point;
}

/**
 * Bounds the error of a table, cell by cell and piece by piece, by a proof that evaluates the distribution of Y only at
 * the ends of each piece. Let D(p) = F(y(p)) - p, where y is the cubic (on the upper side 1 - F stands for F):
 *
 * 1. |D| <= max(|D| at the ends) + width^2 / 8 max |D''|, and D'' = f(y) (l(y) y'^2 + y''), where f is the
 *    density and l = (ln f)' = (rho - 1) / y - tilt(y).
 * 2. Y has density y^(rho-1) h(y) with h(y) a constant times E[e^(-R y)], where R = sum_j j D_j for a Dirichlet vector
 *    D (split the sum of gammas into its total and its proportions). So h decreases, and so does the tilt -h'/h, a mean
 *    of R, as y grows: the tilt at the ends encloses the tilt between them, and f between them is at most f(left) and
 *    at least f(right), times (right / left)^(+-|rho - 1|) where y^(rho-1) changes in the opposite direction.
 * 3. The quantile is wrong by at most |D| / min f, and by no more than the height of the piece.
 *
 * The bounds include a relative 1e-11 for the rounding of computed values; this is not interval arithmetic.
 */
export function certify({ mixture, cells }: QuantileTable): SumOfGammaError {
  const sideLength = cells.length / 2;
  let quantile = 0;
  let distribution = 0;
  for (let at = 0; at < cells.length; at += STRIDE) {
    const side = at < sideLength ? 'lower' : 'upper';
    const cell = (at % sideLength) / STRIDE;
    if (edge(cell) === 0.5) continue;
    const start = edge(cell);
    const width = (edge(cell + 1) - start) / PIECES;
    const [c0, c1, c2, c3] = cells.subarray(at, at + STRIDE) as unknown as [number, number, number, number];
    const sample = (piece: number): Sample => {
      const d = piece * width;
      const y = c0 + d * (c1 + d * (c2 + d * c3));
      return {
        p: start + d,
        y,
        slope: c1 + d * (2 * c2 + 3 * d * c3),
        bend: 2 * c2 + 6 * d * c3,
        point: pointAt(mixture, y),
      };
    };
    let here = sample(0);
    for (let piece = 1; piece <= PIECES; piece++) {
      const next = sample(piece);
      const [left, right] = side === 'lower' ? [here, next] : [next, here];
      const error = pieceError(left, right, side, width, mixture.rho, mixture.truncation);
      quantile = Math.max(quantile, error.quantile);
      distribution = Math.max(distribution, error.distribution);
      here = next;
    }
  }
  return { quantile, distribution };
}

function pieceError(
  left: Sample,
  right: Sample,
  side: 'lower' | 'upper',
  width: number,
  rho: number,
  truncation: number,
): SumOfGammaError {
  const atEnds = Math.max(Math.abs(left.point[side] - left.p), Math.abs(right.point[side] - right.p));
  // Below the smallest doubles the cubic is 0, and only the trivial bounds hold.
  if (!(left.y > 1e-290)) return { quantile: Math.max(right.y, 0), distribution: Math.max(left.p, right.p) };
  const growth = (right.y / left.y) ** Math.abs(rho - 1);
  const maxDensity = left.point.density * (rho > 1 ? growth : 1);
  const minDensity = right.point.density / (rho > 1 ? growth : 1);
  const powerSlopeLeft = (rho - 1) / left.y;
  const powerSlopeRight = (rho - 1) / right.y;
  const maxLogSlope = Math.max(powerSlopeLeft, powerSlopeRight) - right.point.tilt;
  const minLogSlope = Math.min(powerSlopeLeft, powerSlopeRight) - left.point.tilt;
  const rise = (width * Math.abs(left.bend - right.bend)) / 8;
  const maxSlope = Math.max(Math.abs(left.slope), Math.abs(right.slope)) + rise;
  const minSlope = Math.max(0, Math.min(Math.abs(left.slope), Math.abs(right.slope)) - rise);
  const maxTerm =
    maxLogSlope * (maxLogSlope > 0 ? maxSlope ** 2 : minSlope ** 2) + Math.max(left.bend, right.bend);
  const minTerm =
    minLogSlope * (minLogSlope > 0 ? minSlope ** 2 : maxSlope ** 2) + Math.min(left.bend, right.bend);
  const curvature = maxDensity * Math.max(Math.abs(maxTerm), Math.abs(minTerm));
  const distribution =
    atEnds + (width ** 2 / 8) * curvature + ROUNDING * Math.max(left.p, right.p) + truncation;
  return { distribution, quantile: Math.min(distribution / minDensity, right.y - left.y) };
}
