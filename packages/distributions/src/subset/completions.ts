import { scaledExponentials } from '../scaled/exponential.js';
import { GAP_LIMIT, logarithm, MANTISSA_LIMIT, scaled, shrink } from '../scaled/scaled.js';
import { checkInteger } from '../validation.js';
import { type Choices, quotients } from './quotients.js';

/** The inside pass over subsets of `low` to `high` items: see {@link completions}. */
export interface Completions extends Choices {
  /** Fills the choices, and returns the log-partition. */
  solve(theta: Float64Array): number;
}

/**
 * Sums the weights of all completions, from the last item backward: with j items taken before item i, Z(i, j) = w_i
 * Z(i + 1, j + 1) + Z(i + 1, j) over the ways to end with `low` to `high` items. It visits only counts from which such
 * an end can be reached, so choosing nearly all items costs as little as choosing nearly none. The sums carry their own
 * exponents; where weights do not differ too much, {@link quotients} need none.
 */
export function completions(name: string, size: number, low: number, high: number): Completions {
  const begin = Int32Array.from({ length: size }, (_, i) => Math.max(0, low - (size - i)));
  const end = Int32Array.from({ length: size }, (_, i) => Math.min(i, high));
  const base = new Int32Array(size);
  let places = 0;
  for (let i = 0; i < size; i++) {
    base[i] = places - begin[i]!;
    places += end[i]! - begin[i]! + 1;
  }
  checkInteger(name, 'the number of pairs of an item and a count of items before it', places, 1, 2 ** 27);
  const take = new Float64Array(places);
  const stay = new Float64Array(places);
  const weights = scaled(size);
  /** Z by the count of items taken, with one spare place, which stays zero. */
  const { mantissa, exponent } = scaled(high + 2);

  /** Processes item i. Its Z overwrites that of item i + 1, from the lowest count up. */
  function weigh(i: number): void {
    const weightMantissa = weights.mantissa[i]!;
    const weightExponent = weights.exponent[i]!;
    const last = end[i]!;
    for (let j = begin[i]!; j <= last; j++) {
      const taken = weightExponent + exponent[j + 1]!;
      const left = exponent[j]!;
      const top = Math.max(taken, left);
      const at = base[i]! + j;
      if (top === -Infinity) {
        take[at] = 0;
        stay[at] = 0;
        continue;
      }
      const a = top - taken > GAP_LIMIT ? 0 : weightMantissa * mantissa[j + 1]! * shrink[(top - taken) | 0]!;
      const b = top - left > GAP_LIMIT ? 0 : mantissa[j]! * shrink[(top - left) | 0]!;
      const sum = a + b;
      const scale = 1 / sum;
      take[at] = a * scale;
      stay[at] = b * scale;
      const overflows = sum >= MANTISSA_LIMIT;
      mantissa[j] = overflows ? sum / MANTISSA_LIMIT : sum;
      exponent[j] = overflows ? top + Math.log2(MANTISSA_LIMIT) : top;
    }
  }

  const divide = quotients(size, low, high, { base, begin, end, take, stay });

  return {
    base,
    begin,
    end,
    take,
    stay,
    solve(theta) {
      const logPartition = divide(theta);
      if (!Number.isNaN(logPartition)) return logPartition;
      scaledExponentials(theta, weights.mantissa, weights.exponent);
      exponent.fill(-Infinity);
      exponent.fill(0, low, high + 1);
      mantissa.fill(1);
      for (let i = size - 1; i >= 0; i--) weigh(i);
      return logarithm(mantissa[0]!, exponent[0]!);
    },
  };
}
