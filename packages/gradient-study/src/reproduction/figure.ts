import type { MeanWithError } from '../figures/mean.js';
import type { CurvePoint, KnownFigure, MeasuredFigure } from './reproduction.js';

/** Reads a reported figure. The rounding of its digits adds to its standard error. */
export function knownFigure(text: string, error: number): KnownFigure {
  const digits = text.split('.')[1]?.length ?? 0;
  // The rounding error is uniform, up to half a unit of the last digit.
  const rounding = 10 ** -digits / Math.sqrt(12);
  return { value: Number(text), error: Math.hypot(error, rounding) };
}

/** Compares a measured mean with a known figure. */
export function figureOf({ mean, error }: MeanWithError, known?: KnownFigure): MeasuredFigure {
  if (known === undefined) return { mean, error, known: null, difference: null };
  return { mean, error, known, difference: (mean - known.value) / Math.hypot(error, known.error) };
}

export function pointOf(x: number, mean: MeanWithError, known?: KnownFigure): CurvePoint {
  return { x, ...figureOf(mean, known) };
}
