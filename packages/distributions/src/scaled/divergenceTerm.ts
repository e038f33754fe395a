/**
 * The part of one outcome in a KL divergence, q' - q - q log(q' / q), which is never negative: so a sum of them cancels
 * nothing, and the parts of all outcomes sum to the divergence. `gain` is the logarithm, needed where q' is too small for
 * a double.
 */
export function divergenceTerm(q: number, other: number, gain: number): number {
  if (q === 0) return other;
  if (Math.abs(gain) > 1) return other - q - q * gain;
  if (Math.abs(gain) > 1e-4) return q * (Math.expm1(gain) - gain);
  // Four terms of e^x - 1 - x reach a double's last digit here, where the difference has lost half of them.
  return q * gain * gain * (1 / 2 + gain * (1 / 6 + gain * (1 / 24 + gain / 120)));
}
