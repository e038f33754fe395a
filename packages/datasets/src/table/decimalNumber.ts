const DECIMAL = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i;

/**
 * Converts a value from a text file to a number, by the rule of all readers: decimal digits with an optional sign,
 * point and exponent, such as `-1.5e3`, or a number of JSON. Anything else is NaN, even what JavaScript converts: an
 * empty cell, `true`, `[0.5]`, `0x1`, `Infinity`.
 *
 * @example
 * ```ts
 * import { decimalNumber } from '@aimle/datasets';
 *
 * decimalNumber(' 2.5e1 '); // => 25
 * decimalNumber('0x1'); // => NaN
 * decimalNumber(true); // => NaN
 * ```
 */
export function decimalNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : Number.NaN;
}
