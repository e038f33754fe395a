import { AscendingOrder } from '../ranking/ascendingOrder.js';
import { Flips } from './flips.js';

/** Densities are sorted in single precision: what one can be off by, relatively, and absolutely where it underflows. */
const slack = 2 ** -22;
const tiny = 2 ** -148;

/**
 * Finds the best set by a dynamic program over a core of items, which grows around the item that ends the greedy set.
 *
 * By score per weight, the items before that one are in the greedy set and the others are not; the best set differs
 * from it in few. So states are sets that differ from the greedy one within the core, lightest first. A state is dropped
 * if a lighter one is at least as good, or if no items outside the core could make it as good as the best set known.
 *
 * Ties need no second search: a state's worth is its score and then its lexicographic rank, and both are sums over
 * items. So only a score strictly below the best one known rules a state out.
 */
export class ExpandingCore {
  readonly #weights: Int32Array;
  readonly #ranks: AscendingOrder;
  /** Weight, score and score per weight of the items by rank: the best first. */
  readonly #weightAt: Float64Array;
  readonly #scoreAt: Float64Array;
  readonly #densityAt: Float64Array;
  /** How many items have a positive weight within the limit and a score of at least 0. */
  #open = 0;
  readonly #sets: Flips;
  #states: States;
  #next: States;
  /** The best set so far, its score, and a score that the best set is known to reach. */
  #best = 0;
  #bestScore = 0;
  #known = 0;
  readonly #maxSteps: number;
  #steps = 0;

  /** `maxSteps` bounds the sets that one instance may try, `maxStates` those that it keeps at a time. */
  constructor(weights: Int32Array, maxSteps: number, maxStates: number) {
    const size = weights.length;
    this.#weights = weights;
    this.#ranks = new AscendingOrder(size);
    this.#weightAt = new Float64Array(size);
    this.#scoreAt = new Float64Array(size);
    this.#densityAt = new Float64Array(size);
    this.#sets = new Flips(maxSteps);
    this.#maxSteps = maxSteps;
    this.#states = states(maxStates);
    this.#next = states(maxStates);
  }

  /**
   * Marks the best set of items in `chosen`. False if that would take too many steps, as it can where scores and weights
   * are strongly correlated.
   */
  pack(scores: Float64Array, limit: number, chosen: Uint8Array): boolean {
    if (this.#takeAll(scores, limit, chosen)) return true;
    const { order } = this.#ranks;
    const weightAt = this.#weightAt;
    const scoreAt = this.#scoreAt;
    const open = this.#open;
    let room = limit;
    let score = 0;
    let middle = 0;
    for (; weightAt[middle]! <= room; middle++) {
      room -= weightAt[middle]!;
      score += scoreAt[middle]!;
      chosen[order[middle]!] = 1;
    }
    this.#start(limit - room, score, score + this.#bestExchange(middle, room));

    // With this price on weight, the greedy set is best, and flipping an item costs at least its distance from the price.
    const price = this.#densityAt[middle]!;
    const bound = score + room * price;
    const margin = bound * slack + limit * tiny;
    let low = middle - 1;
    let high = middle;
    while (this.#states.count > 0 && (low >= 0 || high < open)) {
      if (high < open) {
        const rank = high++;
        const within = bound + margin + scoreAt[rank]! - weightAt[rank]! * price;
        if (within >= this.#known && !this.#expand(rank, 1, low, high, limit, chosen)) return false;
      }
      if (low >= 0) {
        const rank = low--;
        const without = bound + margin - scoreAt[rank]! + weightAt[rank]! * price;
        if (without >= this.#known && !this.#expand(rank, -1, low, high, limit, chosen)) return false;
      }
    }
    this.#sets.apply(this.#best, chosen);
    return true;
  }

  /** Ranks the items, unless all that may be taken fit together, which it then marks. */
  #takeAll(scores: Float64Array, limit: number, chosen: Uint8Array): boolean {
    const weights = this.#weights;
    const { values } = this.#ranks;
    let total = 0;
    let open = 0;
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i]!;
      const eligible = scores[i]! >= 0 && weight <= limit;
      chosen[i] = eligible ? 1 : 0;
      if (eligible && weight > 0) {
        open++;
        total += weight;
        values[i] = -scores[i]! / weight;
      } else values[i] = Infinity;
    }
    if (total <= limit) return true;
    this.#ranks.sort();
    const { order } = this.#ranks;
    for (let rank = 0; rank < open; rank++) {
      const item = order[rank]!;
      chosen[item] = 0;
      this.#weightAt[rank] = weights[item]!;
      this.#scoreAt[rank] = scores[item]!;
      this.#densityAt[rank] = -values[item]!;
    }
    this.#open = open;
    return false;
  }

  #start(weight: number, score: number, known: number): void {
    this.#sets.clear();
    const { weight: stateWeight, score: stateScore, set } = this.#states;
    this.#states.count = 1;
    stateWeight[0] = weight;
    stateScore[0] = score;
    set[0] = 0;
    this.#best = 0;
    this.#bestScore = score;
    this.#known = known;
    this.#steps = 0;
  }

  /** The best gain over the greedy set from adding an item, or from swapping one for the item that did not fit. */
  #bestExchange(middle: number, room: number): number {
    const weightAt = this.#weightAt;
    const scoreAt = this.#scoreAt;
    const surplus = weightAt[middle]! - room;
    let gain = 0;
    for (let rank = 0; rank < middle; rank++) {
      if (weightAt[rank]! >= surplus) gain = Math.max(gain, scoreAt[middle]! - scoreAt[rank]!);
    }
    for (let rank = middle + 1; rank < this.#open; rank++) {
      if (weightAt[rank]! <= room) gain = Math.max(gain, scoreAt[rank]!);
    }
    return gain;
  }

  /**
   * Puts an item into the core, which then holds the ranks between `low` and `high`: each state gets a twin with that
   * item added (`sign` 1) or removed (-1). False if that takes too many.
   */
  #expand(rank: number, sign: 1 | -1, low: number, high: number, limit: number, chosen: Uint8Array): boolean {
    const { count, weight: oldWeight, score: oldScore, set: oldSet } = this.#states;
    const { weight: newWeight, score: newScore, set: newSet } = this.#next;
    const sets = this.#sets;
    this.#steps += count;
    if (this.#steps > this.#maxSteps) return false;
    const item = this.#ranks.order[rank]!;
    const weight = sign * this.#weightAt[rank]!;
    const score = sign * this.#scoreAt[rank]!;
    // The most that a unit of weight can earn, and the least that freeing one costs, outside the core.
    const gain = high < this.#open ? this.#densityAt[high]! * (1 + slack) + tiny : 0;
    const loss = low >= 0 ? this.#densityAt[low]! * (1 - slack) - tiny : Infinity;
    let known = this.#known;
    let kept = 0;
    let old = 0;
    let twin = 0;
    while (old < count || twin < count) {
      const unchanged = old < count ? oldWeight[old]! : Infinity;
      const changed = twin < count ? oldWeight[twin]! + weight : Infinity;
      const flips = changed < unchanged;
      const from = flips ? twin++ : old++;
      const w = flips ? changed : unchanged;
      const s = flips ? oldScore[from]! + score : oldScore[from]!;
      if (kept > 0 && s < newScore[kept - 1]!) continue;
      const room = limit - w;
      if (s + room * (room >= 0 ? gain : loss) < known) continue;
      const set = flips ? sets.add(oldSet[from]!, item) : oldSet[from]!;
      if (kept > 0) {
        if (s === newScore[kept - 1]! && !sets.isGreater(set, newSet[kept - 1]!, chosen)) continue;
        if (w === newWeight[kept - 1]!) kept--;
      }
      if (kept === newWeight.length) return false;
      newWeight[kept] = w;
      newScore[kept] = s;
      newSet[kept++] = set;
      if (!flips || room < 0 || s < this.#bestScore) continue;
      if (s === this.#bestScore && !sets.isGreater(set, this.#best, chosen)) continue;
      this.#best = set;
      this.#bestScore = s;
      known = Math.max(known, s);
    }
    this.#known = known;
    const spent = this.#states;
    this.#states = this.#next;
    this.#states.count = kept;
    this.#next = spent;
    return true;
  }
}

/** Sets of items with their weights and scores: the lightest first, and each better than those before it. */
interface States {
  count: number;
  readonly weight: Float64Array;
  readonly score: Float64Array;
  readonly set: Int32Array;
}

function states(capacity: number): States {
  return {
    count: 0,
    weight: new Float64Array(capacity),
    score: new Float64Array(capacity),
    set: new Int32Array(capacity),
  };
}
