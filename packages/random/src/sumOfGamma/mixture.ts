import { MIN_TAIL } from '../tails.js';

/**
 * Y = sum over j = 1..terms of Gamma(a, rate j), a = 1 / kappa, as a mixture: Y ~ Gamma(rho + K, rate terms),
 * rho = terms a, where K is a random integer. That is the series of Moschopoulos (1985). With v = terms / (terms + t),
 * the transform (j / (j + t))^a of one summand is v^a (p / (1 - q v))^a, where p = j / terms and q = 1 - p: a Gamma(a,
 * rate terms) and a negative binomial number of extra steps. So K is a sum of negative binomials: every weight is
 * positive, and nothing cancels.
 */
export interface Mixture {
  readonly terms: number;
  readonly a: number;
  readonly rho: number;
  /** P(K = k) for k = 0, ..., length - 1. */
  readonly weight: Float64Array;
  /** P(K <= k). */
  readonly upTo: Float64Array;
  /** P(K > k), summed from the far end; too small by at most `truncation`. */
  readonly above: Float64Array;
  /** A bound on P(K >= length), the part that is left out. */
  readonly truncation: number;
}

/**
 * Computes how many weights the tail at 2^-65 needs. Y is at most (in distribution) the largest of `terms`
 * exponentials, so its quantile there is below ln(terms / 2^-65) =: y; at x = terms y the sums over k are bell-shaped
 * with width sqrt(x), of which 14 on either side leave out a fraction 1e-40; and 20 terms more shrink the left-out
 * weight, which falls like (1 - 1/terms)^k, by a further e^-20.
 */
function lengthFor(terms: number): number {
  const x = terms * Math.log(terms / MIN_TAIL);
  return Math.ceil(x + 14 * Math.sqrt(x) + 20 * terms + 60);
}

/**
 * k w_k = sum_{i=1..k} g_i w_{k-i} with g_i = a sum_j q_j^i (the logarithmic derivative of the generating function).
 * Four running sums keep the processor's pipeline full.
 */
function weights(terms: number, a: number, length: number): Float64Array {
  const g = new Float64Array(length + 1);
  let logFirst = 0;
  for (let j = 1; j <= terms; j++) {
    const q = 1 - j / terms;
    logFirst += a * Math.log(j / terms);
    let power = a;
    for (let i = 1; i <= length && power > 1e-300; i++) {
      power *= q;
      g[i]! += power;
    }
  }
  const weight = new Float64Array(length);
  weight[0] = Math.exp(logFirst);
  for (let k = 1; k < length; k++) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let i = 1;
    for (; i + 3 <= k; i += 4) {
      s0 += g[i]! * weight[k - i]!;
      s1 += g[i + 1]! * weight[k - i - 1]!;
      s2 += g[i + 2]! * weight[k - i - 2]!;
      s3 += g[i + 3]! * weight[k - i - 3]!;
    }
    for (; i <= k; i++) s0 += g[i]! * weight[k - i]!;
    weight[k] = (s0 + s1 + (s2 + s3)) / k;
  }
  return weight;
}

/** Chernoff's bound P(K >= length) <= E[z^K] / z^length, at a z just inside the radius of convergence. */
function truncationBound(terms: number, a: number, length: number): number {
  if (terms === 1) return 0;
  const z = (1 - 1 / length) / (1 - 1 / terms);
  let logBound = -length * Math.log(z);
  for (let j = 1; j <= terms; j++) logBound += a * Math.log(j / terms / (1 - (1 - j / terms) * z));
  return Math.exp(logBound);
}

export function mixtureOf(kappa: number, terms: number): Mixture {
  const a = 1 / kappa;
  const rho = terms * a;
  const length = lengthFor(terms);
  const weight = weights(terms, a, length);
  const upTo = new Float64Array(length);
  const above = new Float64Array(length);
  for (let k = 0, sum = 0; k < length; k++) {
    sum += weight[k]!;
    upTo[k] = sum;
  }
  for (let k = length - 2; k >= 0; k--) above[k] = above[k + 1]! + weight[k + 1]!;
  return { terms, a, rho, weight, upTo, above, truncation: truncationBound(terms, a, length) };
}
