import { logGamma, poissonTerm, upperGamma } from './gammaFunctions.js';
import type { Mixture } from './mixture.js';

/** The distribution of Y at one point y > 0. */
export interface Point {
  /** P(Y <= y) and P(Y > y), each to full relative precision. */
  readonly lower: number;
  readonly upper: number;
  readonly density: number;
  /** -d/dy ln h(y), where density = y^(rho - 1) h(y); between 1 and terms, and decreasing in y. */
  readonly tilt: number;
}

/** Terms under this fraction of the smallest sum are not summed. */
const NEGLIGIBLE = 1e-20;

/**
 * Computes the distribution of Y at y. With x = terms y and t_k = x^(rho+k) e^-x / Gamma(rho+k+1), Abel's summation
 * gives P(Y <= y) = sum_k t_k P(K <= k) and P(Y > y) = Q(rho, x) + sum_k t_k P(K > k): positive terms only. The sums
 * start at the largest t_k and walk both ways. Relative error below 1e-11 down to tails of 2^-65.
 */
export function pointAt(mixture: Mixture, y: number): Point {
  const { terms, rho, weight, upTo, above } = mixture;
  const x = terms * y;
  const last = weight.length - 1;
  const middle = Math.min(last, Math.max(0, Math.round(x - rho)));
  const largest = poissonTerm(rho + middle, x);
  let all = 0;
  let lower = 0;
  let upper = 0;
  let density = 0;
  let steps = 0;
  for (let k = middle, t = largest; k <= last; k++) {
    const d = weight[k]! * t * (rho + k);
    all += t;
    lower += t * upTo[k]!;
    upper += t * above[k]!;
    density += d;
    steps += k * d;
    if (t < NEGLIGIBLE * Math.min(lower, upper, density)) break;
    t *= x / (rho + k + 1);
  }
  for (let k = middle - 1, t = (largest * (rho + middle)) / x; k >= 0; k--) {
    const d = weight[k]! * t * (rho + k);
    all += t;
    lower += t * upTo[k]!;
    upper += t * above[k]!;
    density += d;
    steps += k * d;
    if (t < NEGLIGIBLE * Math.min(lower, upper, density)) break;
    t *= (rho + k) / x;
  }
  upper += x >= rho + 1 ? upperGamma(rho, x) : 1 - all;
  return {
    lower: upper < 0.5 ? 1 - upper : lower,
    upper: upper < 0.5 ? upper : 1 - lower,
    density: density / y,
    tilt: terms - steps / density / y,
  };
}

/** Computes the logarithm c for which P(Y <= y) approaches e^c y^rho from below as y goes to 0. */
export function logLeftFactor({ terms, a, rho }: Mixture): number {
  return a * logGamma(terms + 1) - logGamma(rho + 1);
}

/** Quantiles whose logarithm is below this are treated as 0. */
export const UNDERFLOW = -700;

/**
 * Finds the logarithm of the quantile at tail p (of the lower or the upper side), by Newton's method on the logarithm
 * of that tail as a function of ln y, where both tails are nearly straight; it bisects when a step leaves the bracket.
 * With a close guess it takes two or three evaluations.
 */
export function logQuantile(mixture: Mixture, p: number, side: 'lower' | 'upper', guess: number): number {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let v = Math.max(guess, UNDERFLOW);
  for (let step = 0; step < 200; step++) {
    const y = Math.exp(v);
    const point = pointAt(mixture, y);
    const tail = point[side];
    const excess = Math.log(p / tail);
    const rightwards = side === 'lower' ? excess : -excess;
    if (rightwards > 0) low = v;
    else high = v;
    const move = (rightwards * tail) / (y * point.density);
    // The next step would be about the square of this one.
    if (Math.abs(move) < 1e-8) return v + move;
    let next = v + move;
    if (!(next > low && next < high)) {
      if (low === Number.NEGATIVE_INFINITY) next = v - 1;
      else next = high === Number.POSITIVE_INFINITY ? v + 1 : (low + high) / 2;
    }
    if (next < UNDERFLOW) return Number.NEGATIVE_INFINITY;
    v = next;
  }
  return v;
}
