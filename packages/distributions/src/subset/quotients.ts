import { exponentials } from '../scaled/exponential.js';

/** The choices between taking an item and leaving it, by item i and the number of items taken before it, j. */
export interface Choices {
  /** They are at base[i] + j, where begin[i] <= j <= end[i]. */
  readonly base: Int32Array;
  readonly begin: Int32Array;
  readonly end: Int32Array;
  /** The probability of taking item i where j have been taken. */
  readonly take: Float64Array;
  /** 1 - take, computed without the subtraction, which could cancel. */
  readonly stay: Float64Array;
}

/** Weights may differ by this many nats: quotients of sums of their products then stay well within range. */
const MAX_SPREAD = 300;

/** A product of factors at least 1 is held below this, so that one more keeps it in range. */
const MAX_PRODUCT = 1e100;

/**
 * Builds the fast way to fill the choices: instead of the sums Z(i, j) of `completions`, which need an exponent each, it
 * carries the quotients r(i, j) = Z(i, j + 1) / Z(i, j). With d(i, j) = 1 + w_i r(i + 1, j), item i is taken with probability
 * w_i r(i + 1, j) / d(i, j), and r(i, j) = r(i + 1, j) d(i, j + 1) / d(i, j). However many items there are, a quotient
 * lies between the reciprocals of the heaviest and the lightest weight, up to a factor of the number of items. Nothing
 * is subtracted; and because Z is log-concave in j, relative errors add up at most linearly.
 *
 * Returns the function that fills `take` and `stay`: it returns the log-partition, or NaN where the weights differ too
 * much.
 */
export function quotients(
  size: number,
  low: number,
  high: number,
  { base, begin, end, take, stay }: Choices,
): (theta: Float64Array) => number {
  const weights = new Float64Array(size);
  /** By j, with two spare places, which stay zero: nothing can follow j = high. */
  const quotient = new Float64Array(high + 2);
  /** From this count on, an end with at least `low` items can be reached; only by taking all others at this count. */
  let forced = low;

  /** Processes item i, of positive weight, and returns d(i, 0), or 1 where items have to be taken. */
  function weigh(i: number, weight: number): number {
    const at = base[i]!;
    forced--;
    for (let j = begin[i]!; j < forced; j++) {
      take[at + j] = 0;
      stay[at + j] = 0;
    }
    if (forced >= 0) {
      take[at + forced] = 1;
      stay[at + forced] = 0;
      quotient[forced] = (1 + weight * quotient[forced + 1]!) / weight;
    }
    const from = Math.max(begin[i]!, forced + 1);
    const last = end[i]!;
    const first = 1 + weight * quotient[from]!;
    let divisor = first;
    for (let j = from; j <= last; j++) {
      const old = quotient[j]!;
      const next = 1 + weight * quotient[j + 1]!;
      const share = 1 / divisor;
      take[at + j] = weight * old * share;
      stay[at + j] = share;
      quotient[j] = old * next * share;
      divisor = next;
    }
    return forced < 0 ? first : 1;
  }

  /** Passes over item i, which is forbidden. */
  function pass(i: number): void {
    for (let j = begin[i]!; j <= end[i]!; j++) {
      take[base[i]! + j] = 0;
      stay[base[i]! + j] = j >= forced ? 1 : 0;
    }
  }

  return (theta) => {
    let [top, bottom, allowed] = [-Infinity, Infinity, 0];
    for (let i = 0; i < size; i++) {
      const score = theta[i]!;
      if (score === -Infinity) continue;
      allowed++;
      if (score > top) top = score;
      if (score < bottom) bottom = score;
    }
    if (allowed < low) return -Infinity;
    if (allowed === 0) top = 0;
    if (top - bottom > MAX_SPREAD || (low < high && Math.abs(top) > MAX_SPREAD)) return NaN;
    exponentials(theta, top, weights, 0, size);
    quotient.fill(0);
    // The weights are relative to the maximum, and so is the quotient of one item more.
    quotient.fill(Math.exp(top), low, high);
    forced = low;
    let sum = 0;
    let product = 1;
    for (let i = size - 1; i >= 0; i--) {
      if (weights[i] === 0) {
        pass(i);
        continue;
      }
      const factor = weigh(i, weights[i]!);
      if (forced >= 0) sum += theta[i]!;
      else if (factor > MAX_PRODUCT) sum += Math.log(factor);
      else product *= factor;
      if (product <= MAX_PRODUCT) continue;
      sum += Math.log(product);
      product = 1;
    }
    return sum + Math.log(product);
  };
}
