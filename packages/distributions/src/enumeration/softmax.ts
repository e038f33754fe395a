/** Writes the probabilities proportional to exp(score), and returns the logarithm of the sum. */
export function softmax(scores: Float64Array, p: Float64Array): number {
  let argmax = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[argmax]!) argmax = i;
  const top = scores[argmax]!;
  if (top === -Infinity) {
    p.fill(0);
    return -Infinity;
  }
  let others = 0;
  for (let i = 0; i < scores.length; i++) {
    p[i] = Math.exp(scores[i]! - top);
    if (i !== argmax) others += p[i]!;
  }
  const scale = 1 / (1 + others);
  for (let i = 0; i < scores.length; i++) p[i]! *= scale;
  return top + Math.log1p(others);
}

/**
 * Computes -sum p log p over the probabilities from `from` to before `end`. The logarithm of the largest p comes from the sum of the others, so the result is accurate
 * relative to itself.
 */
export function entropyOf(p: Float64Array, from = 0, end = p.length): number {
  let argmax = from;
  for (let i = from + 1; i < end; i++) if (p[i]! > p[argmax]!) argmax = i;
  let others = 0;
  let sum = 0;
  for (let i = from; i < end; i++) {
    if (i === argmax || p[i] === 0) continue;
    others += p[i]!;
    sum -= p[i]! * Math.log(p[i]!);
  }
  return others === 0 ? 0 : sum - p[argmax]! * Math.log1p(-others);
}

/**
 * Computes KL(p || q) from two sets of scores, their probabilities and the logarithms of their sums, as a sum of
 * positive terms.
 */
export function divergenceOf(
  scores: Float64Array,
  logSum: number,
  p: Float64Array,
  otherScores: Float64Array,
  otherLogSum: number,
  q: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    // A state that p allows may have a probability too small for a double; its absence from the other still counts.
    if (otherScores[i] === -Infinity && scores[i]! > -Infinity) return Infinity;
    sum += divergenceTerm(p[i]!, q[i]!, otherScores[i]! - scores[i]! - (otherLogSum - logSum));
  }
  return sum;
}

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
