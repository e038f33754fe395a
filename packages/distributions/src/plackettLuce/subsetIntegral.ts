/**
 * Computes log P(the first k arrivals are exactly these), for exponential clocks with rates w_i = exp(logRate_i):
 *
 * P = integral of c e^x exp(-c e^x) prod_i (1 - exp(-w_i e^x)) dx, where c is the total rate of all others: at time e^x
 * the first of the others arrives, and all of these have arrived. The integrand is smooth and log-concave, and decays
 * at least exponentially on either side, so the trapezoidal rule on the line converges geometrically. Its step is
 * halved until the result changes by less than 1e-12 of itself.
 *
 * Source: the integral is that of W. Kool, H. van Hoof and M. Welling, "Estimating gradients for discrete random variables
 * by sampling without replacement", ICLR 2020, appendix B, in the logarithm of time; the rule is L. N. Trefethen and
 * J. A. C. Weideman, "The exponentially convergent trapezoidal rule", SIAM Review 2014.
 */
export function logSubsetIntegral(logRates: Float64Array, logOthers: number): number {
  const logIntegrand = (x: number): number => {
    let sum = logOthers + x - Math.exp(logOthers + x);
    for (const logRate of logRates) sum += logArrived(logRate + x);
    return sum;
  };
  const peak = peakOf(logRates, logOthers);
  const height = logIntegrand(peak);
  /** The sum over the points peak + (offset + n) * step, relative to the peak. */
  const sumOf = (step: number, offset: number): number => {
    let sum = 0;
    for (const [begin, direction] of [
      [offset, 1],
      [offset - 1, -1],
    ] as const) {
      for (let n = begin; ; n += direction) {
        const part = Math.exp(logIntegrand(peak + n * step) - height);
        sum += part;
        if (part < NEGLIGIBLE) break;
      }
    }
    return sum;
  };
  let step = 1 / 2;
  let sum = sumOf(step, 0);
  for (let halvings = 0; halvings < 30; halvings++) {
    const refined = sum + sumOf(step, 1 / 2);
    const change = Math.abs(refined / (2 * sum) - 1);
    sum = refined;
    step /= 2;
    if (change < TOLERANCE) break;
  }
  return height + Math.log(sum * step);
}

const TOLERANCE = 1e-12;

/** A fraction of the peak so small that the rest, which decays by e per unit of x, is below the tolerance. */
const NEGLIGIBLE = 1e-18;

/** log(1 - exp(-e^y)): the logarithm of the probability of having arrived. */
function logArrived(y: number): number {
  const rate = Math.exp(y);
  // For small rates the probability is rate * (1 - rate / 2), whose logarithm is y less half of the rate.
  if (rate < 1e-10) return y - rate / 2;
  return rate < Math.LN2 ? Math.log(-Math.expm1(-rate)) : Math.log1p(-Math.exp(-rate));
}

/** Where the integrand's logarithm has slope zero; the slope falls from 1 + k on the far left to -oo. */
function peakOf(logRates: Float64Array, logOthers: number): number {
  const slope = (x: number): number => {
    let sum = 1 - Math.exp(logOthers + x);
    for (const logRate of logRates) {
      const rate = Math.exp(logRate + x);
      if (rate < 700) sum += rate < 1e-10 ? 1 : rate / Math.expm1(rate);
    }
    return sum;
  };
  // At the others' mean time the slope is not negative; it is negative at k + 2 times that time.
  let low = -logOthers;
  let high = low + Math.log(logRates.length + 2);
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2;
    if (slope(middle) > 0) low = middle;
    else high = middle;
  }
  return low;
}
