/** Computes log(e^a + e^b). */
export function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  const gap = Math.min(a, b) - high;
  // A gap beyond the resolution of a double is skipped, and with it the difference of two infinities.
  return gap > -40 ? high + Math.log1p(Math.exp(gap)) : high;
}

/** Computes the logarithm of the sum of e^x over the numbers from `from` to before `end`. */
export function logSumOf(numbers: Float64Array, from: number, end: number): number {
  let high = -Infinity;
  for (let i = from; i < end; i++) if (numbers[i]! > high) high = numbers[i]!;
  if (high === -Infinity) return high;
  let sum = 0;
  for (let i = from; i < end; i++) sum += Math.exp(numbers[i]! - high);
  return high + Math.log(sum);
}
