import { fillGumbel, foldIn, type Key } from '@aimle/random';
import { checkOptions } from '@aimle/solvers';
import type { FloatArray } from '../distribution.js';
import { entropyOf } from '../enumeration/softmax.js';
import { checkInteger, instancesIn, rejectInfeasible, rejectValue } from '../validation.js';
import { type PrefixProbabilities, prefixProbabilities } from './prefixProbabilities.js';
import { logSubsetIntegral } from './subsetIntegral.js';

/**
 * Settings of {@link plackettLuce}.
 *
 * @example
 * ```ts
 * import { plackettLuce, type PlackettLuceOptions } from '@aimle/distributions';
 *
 * const options: PlackettLuceOptions = { size: 350, k: 10 };
 * plackettLuce(options).k // => 10
 * ```
 */
export interface PlackettLuceOptions {
  /** Number of items, in [1, 2^26]. */
  readonly size: number;
  /** Number of items in a list, in [1, size]. */
  readonly k: number;
}

/**
 * Ordered lists: `order` has k items per instance, in order; `z` marks them with `size` zeros and ones per instance.
 *
 * @example
 * ```ts
 * import { plackettLuce, type RankedLists } from '@aimle/distributions';
 *
 * const best: RankedLists = plackettLuce({ size: 3, k: 2 }).mode(Float64Array.of(1, 3, 2));
 * Array.from(best.order) // => [1, 2]
 * Array.from(best.z) // => [0, 1, 1]
 * ```
 */
export interface RankedLists {
  readonly order: Int32Array;
  readonly z: Float64Array;
}

/**
 * The distribution of the k largest of theta plus Gumbel noise. Each method takes a batch of instances of `size`
 * logits, one after the other. `-Infinity` excludes an item; an instance with fewer than k other items is an error.
 *
 * @example
 * ```ts
 * import { type PlackettLuce, plackettLuce } from '@aimle/distributions';
 *
 * const one: PlackettLuce = plackettLuce({ size: 4, k: 1 });
 * Array.from(one.marginals(new Float64Array(4))) // => [0.25, 0.25, 0.25, 0.25]
 * ```
 */
export interface PlackettLuce {
  /** Name in error messages and logs. */
  readonly name: string;
  /** Numbers in one instance of theta. */
  readonly size: number;
  /** Items in a list. */
  readonly k: number;
  /** Finds the most probable list. As a set, it is also the most probable subset. Ties break to the lower index. */
  mode(theta: FloatArray): RankedLists;
  /** Draws one list per instance: the k largest of theta plus Gumbel noise. Instance r depends on (key, r) only. */
  sample(key: Key, theta: FloatArray): RankedLists;
  /**
   * Computes log P(list) of ordered lists, k different items per instance: sum_j theta[order_j] - log sum exp of the
   * items that remain before draw j. O(size + k^2), accurate to rounding.
   */
  logProbability(theta: FloatArray, order: ArrayLike<number>): Float64Array;
  /**
   * Computes log P(subset) over all orders of its items; `-Infinity` if z is not a subset of k items. It uses a
   * one-dimensional integral, with a relative error of 1e-12 in P, in O(size) plus some hundred times k steps, for any
   * k.
   */
  subsetLogProbability(theta: FloatArray, z: FloatArray): Float64Array;
  /** Computes P(item i is among the k), by enumeration of subsets: up to 20 items, O(2^size * size). */
  marginals(theta: FloatArray): Float64Array;
  /** Computes the entropy of the subset in nats, by enumeration of subsets: up to 20 items, O(2^size * size). */
  entropy(theta: FloatArray): Float64Array;
}

/**
 * Builds the distribution of top-k under Gumbel noise: of the list, or the subset, of the k largest of theta plus
 * independent standard Gumbel noise. It is the same as drawing k items one after the other without replacement, each in
 * proportion to exp(theta) among the remaining items.
 *
 * Use it to compute exactly what perturb-and-MAP with `topK` and Gumbel noise does: its probabilities, for
 * score-function gradients, or its marginals. It is not an exponential family: a subset's probability is not a function
 * of the sum of its logits, and differs from that under {@link topK} except for k = 1 (both are then
 * {@link categorical}). So it has its own operations.
 *
 * @param options - size and k.
 * @returns the distribution.
 * @throws RangeError when size or k is out of range; from the methods, naming the instance, as {@link PlackettLuce} says.
 *
 * Source: R. L. Plackett, "The analysis of permutations", 1975; J. I. Yellott, "The relationship between Luce's choice
 * axiom, Thurstone's theory of comparative judgment, and the double exponential distribution", 1977.
 *
 * @example
 * ```ts
 * import { plackettLuce } from '@aimle/distributions';
 *
 * const pairs = plackettLuce({ size: 3, k: 2 });
 * const theta = Float64Array.of(Math.log(2), 0, 0);
 * Math.exp(pairs.logProbability(theta, [0, 1])[0]!).toFixed(3) // => '0.250'
 * Math.exp(pairs.subsetLogProbability(theta, Float64Array.of(1, 1, 0))[0]!).toFixed(3) // => '0.417'
 * Array.from(pairs.marginals(theta), (p) => p.toFixed(3)) // => ['0.833', '0.583', '0.583']
 * ```
 */
export function plackettLuce(options: PlackettLuceOptions): PlackettLuce {
  const { size, k } = checkOptions('plackettLuce', options, { size: true, k: true });
  const name = 'plackettLuce';
  checkInteger(name, 'size', size, 1, 2 ** 26);
  checkInteger(name, 'k', k, 1, size);
  const here = new Float64Array(size);
  const noise = new Float64Array(size);
  const chosen = new Uint8Array(size);
  let prefixes: PrefixProbabilities | undefined;

  /** Visits each instance, with its theta in `here`. */
  function each(theta: FloatArray, visit: (r: number) => void): void {
    const rows = instancesIn(name, 'theta', theta, size);
    for (let r = 0; r < rows; r++) {
      let possible = 0;
      for (let i = 0; i < size; i++) {
        const value = theta[r * size + i]!;
        if (!(value < Infinity)) rejectValue(name, 'theta', value, r, i);
        possible += +(value > -Infinity);
        here[i] = value;
      }
      if (possible < k) rejectInfeasible(name, r);
      visit(r);
    }
  }

  /** Writes the indices of the k largest of `scores`, in descending order; of equal ones the lower index first. */
  function first(scores: Float64Array, order: Int32Array): void {
    let held = 0;
    for (let i = 0; i < size; i++) {
      if (held === k && scores[order[k - 1]!]! >= scores[i]!) continue;
      if (held < k) held++;
      let at = held - 1;
      for (; at > 0 && scores[order[at - 1]!]! < scores[i]!; at--) order[at] = order[at - 1]!;
      order[at] = i;
    }
  }

  function lists(theta: FloatArray, scores: (r: number) => Float64Array): RankedLists {
    const rows = instancesIn(name, 'theta', theta, size);
    const order = new Int32Array(rows * k);
    const z = new Float64Array(rows * size);
    each(theta, (r) => {
      const own = order.subarray(r * k, (r + 1) * k);
      first(scores(r), own);
      for (const item of own) z[r * size + item] = 1;
    });
    return { order, z };
  }

  /** Computes log sum exp of the items that are not chosen. */
  function logRest(): number {
    let top = -Infinity;
    for (let i = 0; i < size; i++) if (chosen[i] === 0) top = Math.max(top, here[i]!);
    if (top === -Infinity) return top;
    let sum = 0;
    for (let i = 0; i < size; i++) if (chosen[i] === 0) sum += Math.exp(here[i]! - top);
    return top + Math.log(sum);
  }

  /** Goes backward from the last item, so that the set of remaining items grows: sums of positive numbers only. */
  function listLogProbability(order: ArrayLike<number>, r: number): number {
    chosen.fill(0);
    for (let j = 0; j < k; j++) {
      const item = order[r * k + j]!;
      if (!Number.isInteger(item) || item < 0 || item >= size || chosen[item] === 1) {
        throw new RangeError(
          `${name}: order must hold k = ${k} different items in [0, ${size - 1}], got ${String(item)} in instance ${r} at place ${j}`,
        );
      }
      chosen[item] = 1;
    }
    let rest = logRest();
    let sum = 0;
    for (let j = k - 1; j >= 0; j--) {
      const score = here[order[r * k + j]!]!;
      if (score === -Infinity) return -Infinity;
      const gap = rest - score;
      // log of the item's share among itself and the rest
      sum -= softplus(gap);
      rest = score + softplus(gap);
    }
    return sum;
  }

  function subsetLogProbabilityOf(z: FloatArray, r: number): number {
    let count = 0;
    for (let i = 0; i < size; i++) {
      const one = z[r * size + i]!;
      if ((one !== 0 && one !== 1) || (one === 1 && here[i] === -Infinity)) return -Infinity;
      chosen[i] = one;
      count += one;
    }
    if (count !== k) return -Infinity;
    const rest = logRest();
    if (rest === -Infinity) return 0;
    return Math.min(
      0,
      logSubsetIntegral(
        here.filter((_, i) => chosen[i] === 1),
        rest,
      ),
    );
  }

  function enumerate(what: string): PrefixProbabilities {
    if (size > 20) {
      throw new RangeError(
        `${name}: ${what} must have size at most 20, because it enumerates subsets, got ${size}; average over draws instead`,
      );
    }
    prefixes ??= prefixProbabilities(size, k);
    return prefixes;
  }

  function eachNumber(theta: FloatArray, number: (r: number) => number): Float64Array {
    const answers = new Float64Array(instancesIn(name, 'theta', theta, size));
    each(theta, (r) => {
      answers[r] = number(r);
    });
    return answers;
  }

  return {
    name,
    size,
    k,
    mode: (theta) => lists(theta, () => here),
    sample: (key, theta) =>
      lists(theta, (r) => {
        fillGumbel(foldIn(key, r), noise);
        for (let i = 0; i < size; i++) noise[i]! += here[i]!;
        return noise;
      }),
    logProbability(theta, order) {
      const rows = instancesIn(name, 'theta', theta, size);
      if (order.length !== rows * k) {
        throw new RangeError(
          `${name}: order must have rows * k = ${rows} * ${k} = ${rows * k} items, got ${order.length}`,
        );
      }
      return eachNumber(theta, (r) => listLogProbability(order, r));
    },
    subsetLogProbability(theta, z) {
      instancesIn(name, 'z', z, size, theta);
      return eachNumber(theta, (r) => subsetLogProbabilityOf(z, r));
    },
    marginals(theta) {
      const { solve, probability, finals } = enumerate('marginals');
      const mu = new Float64Array(theta.length);
      each(theta, (r) => {
        solve(here);
        for (const set of finals) {
          for (let i = 0; i < size; i++) if ((set >> i) & 1) mu[r * size + i]! += probability[set]!;
        }
        for (let i = r * size; i < (r + 1) * size; i++) mu[i] = Math.min(1, mu[i]!);
      });
      return mu;
    },
    entropy(theta) {
      const { solve, probability, finals } = enumerate('entropy');
      const p = new Float64Array(finals.length);
      return eachNumber(theta, () => {
        solve(here);
        for (let s = 0; s < finals.length; s++) p[s] = probability[finals[s]!]!;
        return entropyOf(p);
      });
    },
  };
}

/** log(1 + e^x) */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
