/** What is projected out of theta before the solve. See {@link negativeIdentity}. */
export type Projection = 'none' | 'mean' | 'norm' | 'both';

/** Throws when a projection is unknown. */
export function checkProjection(name: string, projection: Projection): void {
  const known: readonly Projection[] = ['none', 'mean', 'norm', 'both'];
  if (!known.includes(projection)) {
    throw new RangeError(
      `${name}: projection must be one of ${known.join(', ')}, got ${JSON.stringify(projection)}`,
    );
  }
}

/** A projected theta. */
export interface Projected {
  /** The projected theta for a solver, in single precision, up to a constant per row where a mean is subtracted. */
  readonly values: Float32Array;
  /** Maps a gradient in the projected theta to that in theta, in place. */
  vjp(gradient: Float32Array): Float32Array;
}

/**
 * Subtracts the mean of each row of theta, divides by its norm, or both in that order, and returns the
 * vector-Jacobian product of that. A masked (infinite) element stays as it is, is ignored and has no gradient. A row
 * of norm 0 (all zero, or with `both` all equal) is not divided.
 *
 * The mean is subtracted in double precision. In `values` it is left out where single precision would round: beside a
 * score of -1e9, small ones would all become the same.
 */
export function project(theta: Float32Array, size: number, projection: Projection): Projected {
  if (projection === 'none') return { values: theta, vjp: (gradient) => gradient };
  const centred = projection !== 'norm';
  const scaled = projection !== 'mean';
  const values = theta.slice();
  const directions = Float64Array.from(theta);
  const norms = new Float64Array(values.length / size);
  for (let row = 0; row < norms.length; row++) {
    const entries = directions.subarray(row * size, (row + 1) * size);
    const shift = centred ? exactShift(entries, subtractMean(entries, entries)) : 0;
    const norm = scaled ? Math.sqrt(dot(entries, entries, entries)) : 0;
    // Sums of equal float32 are exact in double precision: equal entries leave exactly zero.
    if (norm > 0) for (let i = 0; i < size; i++) entries[i]! /= norm;
    norms[row] = norm;
    const divisor = norm > 0 ? norm : 1;
    for (let at = row * size; at < (row + 1) * size; at++) values[at] = (theta[at]! - shift) / divisor;
  }
  return {
    values,
    vjp(gradient) {
      for (let row = 0; row < norms.length; row++) {
        const masks = directions.subarray(row * size, (row + 1) * size);
        const entries = gradient.subarray(row * size, (row + 1) * size);
        const norm = norms[row]!;
        // A row that was divided has norm 1 now: a change along it changes nothing.
        const along = norm > 0 ? dot(masks, entries, masks) : 0;
        for (let i = 0; i < size; i++) {
          if (!Number.isFinite(masks[i]!)) entries[i] = 0;
          else if (norm > 0) entries[i] = (entries[i]! - along * masks[i]!) / norm;
        }
        if (centred) subtractMean(entries, masks);
      }
      return gradient;
    },
  };
}

type Numbers = Float32Array | Float64Array;

/** Sum of a_i b_i over the elements that are not masked. */
function dot(a: Numbers, b: Numbers, masks: Numbers): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) if (Number.isFinite(masks[i]!)) sum += a[i]! * b[i]!;
  return sum;
}

/** Returns the mean that it has subtracted. */
function subtractMean(row: Numbers, masks: Numbers): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < row.length; i++) {
    if (!Number.isFinite(masks[i]!)) continue;
    sum += row[i]!;
    count++;
  }
  const mean = count === 0 ? 0 : sum / count;
  for (let i = 0; i < row.length; i++) if (Number.isFinite(masks[i]!)) row[i]! -= mean;
  return mean;
}

/**
 * Returns the mean if single precision subtracts it without rounding from every element, else 0. Two numbers within a
 * factor of two of each other have an exact difference (Sterbenz's lemma).
 */
function exactShift(centred: Numbers, mean: number): number {
  const shift = Math.fround(mean);
  const isExact = centred.every((rest) => {
    if (!Number.isFinite(rest)) return true;
    const ratio = (rest + mean) / shift;
    return ratio >= 0.5 && ratio <= 2;
  });
  return isExact ? shift : 0;
}
