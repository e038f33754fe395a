/** Below this size, moving neighbours beats counting digits; measured in bench/. */
const few = 64;

/**
 * Sorts the indices of `size` floats without comparing or allocating: floats become integers of the same order, which
 * are sorted digit by digit (Knuth, "The Art of Computer Programming", volume 3, section 5.2.5). Among equal floats the
 * higher index comes first.
 */
export class AscendingOrder {
  /** The numbers to sort, written by the caller; no NaN. */
  readonly values: Float32Array;
  /** The indices of the numbers, least first, after {@link sort}. */
  order: Int32Array;
  readonly #bits: Uint32Array;
  readonly #counts = new Int32Array(256);
  #spare: Int32Array;

  constructor(size: number) {
    this.values = new Float32Array(size);
    this.#bits = new Uint32Array(this.values.buffer);
    this.order = new Int32Array(size);
    this.#spare = new Int32Array(size);
  }

  sort(): void {
    this.#makeSortable();
    const size = this.order.length;
    for (let i = 0; i < size; i++) this.order[i] = size - 1 - i;
    if (size <= few) this.#insert();
    else for (let shift = 0; shift < 32; shift += 8) this.#sortDigit(shift);
  }

  /** Flips the bits of negative numbers and the sign of others: then unsigned order is the order of the floats. */
  #makeSortable(): void {
    const { values } = this;
    const bits = this.#bits;
    for (let i = 0; i < bits.length; i++) {
      values[i]! += 0; // -0 becomes 0, which it ties with
      const raw = bits[i]!;
      bits[i] = raw ^ ((raw >> 31) | 0x80000000);
    }
  }

  #insert(): void {
    const { order } = this;
    const bits = this.#bits;
    for (let i = 1; i < order.length; i++) {
      const index = order[i]!;
      const value = bits[index]!;
      let at = i;
      for (; at > 0 && bits[order[at - 1]!]! > value; at--) order[at] = order[at - 1]!;
      order[at] = index;
    }
  }

  #sortDigit(shift: number): void {
    const { order } = this;
    const bits = this.#bits;
    const counts = this.#counts;
    const sorted = this.#spare;
    counts.fill(0);
    for (let i = 0; i < bits.length; i++) counts[(bits[i]! >>> shift) & 255]!++;
    let before = 0;
    for (let digit = 0; digit < 256; digit++) {
      const here = counts[digit]!;
      counts[digit] = before;
      before += here;
    }
    for (let i = 0; i < order.length; i++) {
      const index = order[i]!;
      sorted[counts[(bits[index]! >>> shift) & 255]!++] = index;
    }
    this.order = sorted;
    this.#spare = order;
  }
}
