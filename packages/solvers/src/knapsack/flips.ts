/**
 * Sets of items as chains of flips: each set differs from its parent in one item, and set 0 is a start that all share.
 * Along a chain, items are flipped in one order that is the same for all chains.
 */
export class Flips {
  #count = 1;
  readonly #parent: Int32Array;
  readonly #item: Int32Array;

  /** Makes room for `max` sets and the start. */
  constructor(max: number) {
    this.#parent = new Int32Array(max + 1);
    this.#item = new Int32Array(max + 1);
  }

  /** Forgets all sets but the start. */
  clear(): void {
    this.#count = 1;
  }

  /** Adds a set; all that flip the same item must be added one after the other. */
  add(parent: number, item: number): number {
    const set = this.#count++;
    this.#parent[set] = parent;
    this.#item[set] = item;
    return set;
  }

  /** Whether set a is lexicographically greater than set b; `start` holds 1 for the items of set 0. */
  isGreater(a: number, b: number, start: Uint8Array): boolean {
    const parent = this.#parent;
    const item = this.#item;
    let lowest = start.length;
    let inA = false;
    let x = a;
    let y = b;
    while (x !== y) {
      if (x > 0 && y > 0 && item[x] === item[y]) {
        x = parent[x]!;
        y = parent[y]!;
        continue;
      }
      // The later flip: the other chain does not have it.
      const later = Math.max(x, y);
      const flipped = item[later]!;
      if (flipped < lowest) {
        lowest = flipped;
        inA = (start[flipped] === 0) === (later === x);
      }
      if (later === x) x = parent[x]!;
      else y = parent[y]!;
    }
    return inA;
  }

  /** Turns `start`, the items of set 0, into those of a set. */
  apply(set: number, start: Uint8Array): void {
    for (let x = set; x > 0; x = this.#parent[x]!) start[this.#item[x]!]! ^= 1;
  }
}
