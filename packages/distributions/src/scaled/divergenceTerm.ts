/**
 * Computes the term of one outcome in a KL divergence, q' - q - q log(q' / q). It is never negative, so the sum over
 * all outcomes, which is the divergence, involves no cancellation. `gain` is the logarithm, which is needed if q' is
 * too small for a double.
 */
export function divergenceTerm(q: number, other: number, gain: number): number {
  if (q === 0) return other;
  if (Math.abs(gain) > 1) return other - q - q * gain;
  if (Math.abs(gain) > 1e-4) return q * (Math.expm1(gain) - gain);
  // Four terms of e^x - 1 - x give full double precision here, where the difference loses half of the digits.
  return q * gain * gain * (1 / 2 + gain * (1 / 6 + gain * (1 / 24 + gain / 120)));
}
