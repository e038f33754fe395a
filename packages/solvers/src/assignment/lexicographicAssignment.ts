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
  readonly #seen: Uint8Array;
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
    this.#seen = new Uint8Array(left + 1);
    this.#stack = new Int32Array(left + 1);
    this.#wantedBy = new Int32Array(right + 1);
  }

  settle(): void {
    for (let i = 0; i < this.#left; i++) {
      const j = this.#firstTight(i, 0);
      if (j >= 0) this.#improve(i, j);
    }
  }

  /** The first vertex from `from` on, before the current partner of i, that is tight with i; -1 if there is none. */
  #firstTight(i: number, from: number): number {
    const cost = this.#cost;
    const rightPrice = this.#rightPrice;
    const step = this.#rightStep;
    const own = this.#ofLeft[i]!;
    const price = this.#leftPrice[i]!;
    let pair = i * this.#leftStep + from * step;
    for (let j = from; j < own; j++) {
      if (cost[pair]! - price === rightPrice[j]!) return j;
      pair += step;
    }
    return -1;
  }

  #improve(i: number, firstTight: number): void {
    const own = this.#ofLeft[i]!;
    this.#seen.fill(0);
    for (let j = firstTight; j >= 0; j = this.#firstTight(i, j + 1)) {
      const owner = this.#ofRight[j]!;
      if (owner <= i || this.#seen[owner] === 1) continue;
      if (owner === this.#left) this.#ofLeft[owner] = j;
      if (this.#findPath(owner, i, own)) {
        this.#shift(own, j);
        this.#ofLeft[i] = j;
        this.#ofRight[j] = i;
        return;
      }
    }
  }

  /** Whether `displaced` can move to `wanted`, by moving only vertices after `fixed`. */
  #findPath(displaced: number, fixed: number, wanted: number): boolean {
    const stack = this.#stack;
    stack[0] = displaced;
    this.#seen[displaced] = 1;
    let height = 1;
    while (height > 0) {
      const mover = stack[--height]!;
      for (let j = 0; j <= this.#right; j++) {
        if (!this.#isTight(mover, j)) continue;
        if (j === wanted) {
          this.#wantedBy[j] = mover;
          return true;
        }
        if (j === this.#right) height = this.#displaceUnassigned(mover, fixed, height);
        else height = this.#displace(this.#ofRight[j]!, j, mover, fixed, height);
      }
    }
    return false;
  }

  #displace(owner: number, j: number, mover: number, fixed: number, height: number): number {
    if (owner <= fixed || this.#seen[owner] === 1) return height;
    this.#seen[owner] = 1;
    this.#wantedBy[j] = mover;
    if (owner === this.#left) this.#ofLeft[owner] = j;
    this.#stack[height] = owner;
    return height + 1;
  }

  #displaceUnassigned(mover: number, fixed: number, height: number): number {
    let top = height;
    for (let unassigned = fixed + 1; unassigned < this.#left; unassigned++) {
      if (this.#ofLeft[unassigned] === this.#right) {
        top = this.#displace(unassigned, this.#right, mover, fixed, top);
      }
    }
    return top;
  }

  #isTight(i: number, j: number): boolean {
    if (j === this.#right) return this.#left > this.#right && this.#leftPrice[i] === 0;
    if (i === this.#left) return this.#rightPrice[j] === 0;
    return (
      this.#cost[i * this.#leftStep + j * this.#rightStep]! - this.#leftPrice[i]! === this.#rightPrice[j]!
    );
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
