/**
 * Positive numbers of any size, mantissa * 2^exponent. They give sums of products of exp(theta) at full relative
 * accuracy for any spread of theta, without logarithms. Zero is the exponent `-Infinity`. Mantissas are not normalised,
 * only kept between 1 (less rounding) and 2^32.
 */
export interface Scaled {
  readonly mantissa: Float64Array;
  /** Integers, stored as doubles so that they do not overflow. */
  readonly exponent: Float64Array;
}

export function scaled(length: number): Scaled {
  return { mantissa: new Float64Array(length).fill(1), exponent: new Float64Array(length) };
}

export const MANTISSA_LIMIT = 2 ** 32;

/** Beyond this gap of exponents the smaller of two summands is negligible. */
export const GAP_LIMIT = 1074;

/** 2^-gap for gap = 0, 1, ..., GAP_LIMIT. */
export const shrink: Float64Array = Float64Array.from({ length: GAP_LIMIT + 1 }, (_, gap) => 2 ** -gap);

export function logarithm(mantissa: number, exponent: number): number {
  return Math.log(mantissa) + exponent * Math.LN2;
}
