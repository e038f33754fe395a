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

/**
 * Subtracts the mean of each row of theta, divides by its norm, or both in that order, and returns the
 * vector-Jacobian product of that. A masked (infinite) element stays as it is, is ignored and has no gradient. A row
 * of norm 0 (all zero, or with `both` all equal) is not divided.
 */
export function project(
  theta: Float32Array,
  size: number,
  projection: Projection,
): { values: Float32Array; vjp(gradient: Float32Array): Float32Array } {
  if (projection === 'none') return { values: theta, vjp: (gradient) => gradient };
  const centred = projection !== 'norm';
  const scaled = projection !== 'mean';
  const values = theta.slice();
  const norms = new Float64Array(values.length / size);
  for (let row = 0; row < norms.length; row++) {
    const entries = values.subarray(row * size, (row + 1) * size);
    if (centred) subtractMean(entries, entries);
    const norm = scaled ? Math.sqrt(dot(entries, entries, entries)) : 0;
    // Sums of equal float32 are exact in double precision: equal entries leave exactly zero.
    if (norm === 0) continue;
    norms[row] = norm;
    for (let i = 0; i < size; i++) entries[i]! /= norm;
  }
  return {
    values,
    vjp(gradient) {
      for (let row = 0; row < norms.length; row++) {
        const masks = values.subarray(row * size, (row + 1) * size);
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

/** Sum of a_i b_i over the elements that are not masked. */
function dot(a: Float32Array, b: Float32Array, masks: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) if (Number.isFinite(masks[i]!)) sum += a[i]! * b[i]!;
  return sum;
}

function subtractMean(row: Float32Array, masks: Float32Array): void {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < row.length; i++) {
    if (!Number.isFinite(masks[i]!)) continue;
    sum += row[i]!;
    count++;
  }
  for (let i = 0; i < row.length; i++) if (Number.isFinite(masks[i]!)) row[i]! -= sum / count;
}
