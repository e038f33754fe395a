/** Writes p = softmax(w / temperature) from `start` on; stable for any finite w. */
export function softmax(w: Float64Array, temperature: number, p: Float64Array, start = 0): void {
  const size = w.length;
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < size; i++) if (w[i]! > top) top = w[i]!;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const weight = Math.exp((w[i]! - top) / temperature);
    p[start + i] = weight;
    sum += weight;
  }
  for (let i = 0; i < size; i++) p[start + i]! /= sum;
}

/** Adds the vector-Jacobian product of {@link softmax}: p (v - <p, v>) / temperature. */
export function softmaxVjp(
  p: Float64Array,
  v: Float64Array,
  temperature: number,
  out: Float64Array,
  start = 0,
): void {
  const size = v.length;
  let mean = 0;
  for (let i = 0; i < size; i++) mean += p[start + i]! * v[i]!;
  for (let i = 0; i < size; i++) out[i]! += (p[start + i]! * (v[i]! - mean)) / temperature;
}
