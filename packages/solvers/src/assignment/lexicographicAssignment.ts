import type { ShortestAugmentingPaths } from './shortestAugmentingPaths.js';

/**
 * Turns a best assignment into the lexicographically greatest of the best ones: in order, each vertex on the left takes
 * the lowest vertex on the right that is free in some best assignment, given the choices before it.
 *
 * By complementary slackness the best assignments are exactly those on tight pairs (those with cost equal to the sum of
 * the two prices) in which only vertices of price 0 stay unassigned. So a vertex can move to a better place along a
 * cycle of tight pairs through it. Unassigned vertices count as assigned to an extra vertex, which is tight with all
 * vertices of price 0.
 */
export class LexicographicAssignment {
  readonly #left: number;
  readonly #right: number;
  readonly #cost: Float32Array;
  readonly #leftStep: number;
  readonly #rightStep: number;
  readonly #leftPrice: Float64Array;
  readonly #rightPrice: Float64Array;
  /** The partner of each vertex, with one more place for the extra vertex. */
  readonly #ofLeft: Int32Array;
  readonly #ofRight: Int32Array;
  /** Words of 32 vertices on the right, the extra one included. */
  readonly #words: number;
  /** For each vertex on the left a bit for each that it is tight with, written when first asked for. */
  readonly #tight: Uint32Array;
  readonly #written: Uint8Array;
  /** The vertices on the right whose partners come after the one that is being settled. */
  readonly #later: Uint32Array;
  /** Those of them that the search has not displaced yet. */
  readonly #open: Uint32Array;
  readonly #stack: Int32Array;
  readonly #wantedBy: Int32Array;

  constructor(left: number, right: number, best: ShortestAugmentingPaths) {
    const agentsOnLeft = left <= right;
    this.#left = left;
    this.#right = right;
    this.#cost = best.cost;
    this.#leftStep = agentsOnLeft ? right : 1;
    this.#rightStep = agentsOnLeft ? 1 : left;
    this.#leftPrice = agentsOnLeft ? best.agentPrice : best.taskPrice;
    this.#rightPrice = agentsOnLeft ? best.taskPrice : best.agentPrice;
    this.#ofLeft = agentsOnLeft ? best.taskOf : best.agentOf;
    this.#ofRight = agentsOnLeft ? best.agentOf : best.taskOf;
    this.#words = (right >>> 5) + 1;
    this.#tight = new Uint32Array((left + 1) * this.#words);
    this.#written = new Uint8Array(left + 1);
    this.#later = new Uint32Array(this.#words);
    this.#open = new Uint32Array(this.#words);
    this.#stack = new Int32Array(left + 1);
    this.#wantedBy = new Int32Array(right + 1);
  }

  settle(): void {
    this.#written.fill(0);
    this.#later.fill(-1);
    for (let i = 0; i < this.#left; i++) {
      if (this.#hasTightBefore(i)) this.#improve(i);
      const own = this.#ofLeft[i]!;
      if (own < this.#right) remove(this.#later, own);
    }
  }

  /** Whether i is tight with a vertex before its partner: hardly ever where no two costs are equal. */
  #hasTightBefore(i: number): boolean {
    const cost = this.#cost;
    const rightPrice = this.#rightPrice;
    const step = this.#rightStep;
    const own = this.#ofLeft[i]!;
    const price = this.#leftPrice[i]!;
    let pair = i * this.#leftStep;
    for (let j = 0; j < own; j++) {
      if (cost[pair]! - price === rightPrice[j]!) return true;
      pair += step;
    }
    return false;
  }

  #improve(i: number): void {
    const own = this.#ofLeft[i]!;
    this.#open.set(this.#later);
    if (own < this.#right) remove(this.#open, own);
    const row = this.#tightRow(i);
    for (let word = 0; word <= own >>> 5; word++) {
      // What a search in vain has displaced is no longer open: no other search would get further from there.
      for (;;) {
        const j = lowest(word, this.#tight[row + word]! & this.#open[word]!);
        if (j >= own) return;
        if (j < 0) break;
        if (!this.#findPath(j, i, own)) continue;
        this.#shift(own, j);
        this.#ofLeft[i] = j;
        this.#ofRight[j] = i;
        return;
      }
    }
  }

  /** Whether the partner of `taken` can move so that `freed` gets another, by moving only vertices after `fixed`. */
  #findPath(taken: number, fixed: number, freed: number): boolean {
    const open = this.#open;
    const tight = this.#tight;
    const stack = this.#stack;
    let height = this.#displace(taken, fixed, 0);
    while (height > 0) {
      const mover = stack[--height]!;
      const row = this.#tightRow(mover);
      if ((tight[row + (freed >>> 5)]! >>> (freed & 31)) & 1) {
        this.#wantedBy[freed] = mover;
        return true;
      }
      for (let word = 0; word < this.#words; word++) {
        for (;;) {
          const j = lowest(word, tight[row + word]! & open[word]!);
          if (j < 0) break;
          this.#wantedBy[j] = mover;
          height = this.#displace(j, fixed, height);
        }
      }
    }
    return false;
  }

  /** Puts the partners of j on the stack. */
  #displace(j: number, fixed: number, height: number): number {
    remove(this.#open, j);
    let top = height;
    if (j === this.#right) {
      for (let unassigned = fixed + 1; unassigned < this.#left; unassigned++) {
        if (this.#ofLeft[unassigned] === j) this.#stack[top++] = unassigned;
      }
      return top;
    }
    const owner = this.#ofRight[j]!;
    this.#stack[top++] = owner;
    if (owner === this.#left) {
      this.#ofLeft[owner] = j;
      for (let other = 0; other < this.#right; other++) {
        if (this.#ofRight[other] === owner) remove(this.#open, other);
      }
    }
    return top;
  }

  /** Returns where the bits of a vertex start. */
  #tightRow(i: number): number {
    const start = i * this.#words;
    if (this.#written[i] === 1) return start;
    this.#written[i] = 1;
    const tight = this.#tight;
    tight.fill(0, start, start + this.#words);
    const extra = i === this.#left;
    const price = this.#leftPrice[i]!;
    let pair = i * this.#leftStep;
    for (let j = 0; j < this.#right; j++) {
      const isTight = this.#rightPrice[j] === (extra ? 0 : this.#cost[pair]! - price);
      if (isTight) tight[start + (j >>> 5)]! |= 1 << (j & 31);
      pair += this.#rightStep;
    }
    if (this.#left > this.#right && price === 0)
      tight[start + (this.#right >>> 5)]! |= 1 << (this.#right & 31);
    return start;
  }

  /** Moves the vertices along the path that was found, from the place that became free to the one that was taken. */
  #shift(freed: number, taken: number): void {
    for (let j = freed; j !== taken; ) {
      const mover = this.#wantedBy[j]!;
      const next = this.#ofLeft[mover]!;
      this.#ofLeft[mover] = j;
      this.#ofRight[j] = mover;
      j = next;
    }
  }
}

function remove(from: Uint32Array, j: number): void {
  from[j >>> 5]! &= ~(1 << (j & 31));
}

/** Returns the lowest vertex of a word of bits, or -1. */
function lowest(word: number, bits: number): number {
  return bits === 0 ? -1 : 32 * word + 31 - Math.clz32(bits & -bits);
}
