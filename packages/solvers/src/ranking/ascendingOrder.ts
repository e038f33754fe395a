/** Up to this size, insertion sort is faster than radix sort: measured, the two are equal at about 55 items. */
const maxInsertionSize = 48;

/**
 * Sorts the indices of `size` floats without allocating: floats are mapped to integers of the same order, which are
 * sorted digit by digit (Knuth, "The Art of Computer Programming", volume 3, section 5.2.5). Among equal floats the
 * higher index comes first.
 */
export class AscendingOrder {
  /** The numbers to sort, written by the caller; no NaN. */
  readonly values: Float32Array;
  /** The indices of the numbers in ascending order, after {@link sort}. */
  order: Int32Array;
  readonly #bits: Uint32Array;
  #keys: Uint32Array;
  #spareOrder: Int32Array;
  #spareKeys: Uint32Array;
  readonly #counts = new Int32Array(256);

  constructor(size: number) {
    this.values = new Float32Array(size);
    this.order = new Int32Array(size);
    this.#bits = new Uint32Array(this.values.buffer);
    this.#keys = new Uint32Array(size);
    this.#spareOrder = new Int32Array(size);
    this.#spareKeys = new Uint32Array(size);
  }

  sort(): void {
    this.#makeKeys();
    if (this.order.length <= maxInsertionSize) this.#insert();
    else for (let shift = 0; shift < 32; shift += 8) this.#sortDigit(shift);
  }

  /** Flips the bits of negative numbers and the sign of others: then unsigned order is the order of the floats. */
  #makeKeys(): void {
    const { values, order } = this;
    const bits = this.#bits;
    const keys = this.#keys;
    const last = keys.length - 1;
    for (let i = 0; i <= last; i++) {
      values[i]! += 0; // -0 becomes 0, which it ties with
      const raw = bits[i]!;
      // From the end: both sorts below are stable.
      keys[last - i] = raw ^ ((raw >> 31) | 0x80000000);
      order[last - i] = i;
    }
  }

  #insert(): void {
    const { order } = this;
    const keys = this.#keys;
    for (let i = 1; i < order.length; i++) {
      const index = order[i]!;
      const key = keys[i]!;
      let at = i;
      for (; at > 0 && keys[at - 1]! > key; at--) {
        order[at] = order[at - 1]!;
        keys[at] = keys[at - 1]!;
      }
      order[at] = index;
      keys[at] = key;
    }
  }

  /** Keys move along with their indices, so that memory is read in order. */
  #sortDigit(shift: number): void {
    const { order } = this;
    const keys = this.#keys;
    const sortedOrder = this.#spareOrder;
    const sortedKeys = this.#spareKeys;
    const counts = this.#counts;
    counts.fill(0);
    for (let i = 0; i < keys.length; i++) counts[(keys[i]! >>> shift) & 255]!++;
    let before = 0;
    for (let digit = 0; digit < 256; digit++) {
      const here = counts[digit]!;
      counts[digit] = before;
      before += here;
    }
    for (let i = 0; i < order.length; i++) {
      const key = keys[i]!;
      const place = counts[(key >>> shift) & 255]!++;
      sortedKeys[place] = key;
      sortedOrder[place] = order[i]!;
    }
    this.order = sortedOrder;
    this.#spareOrder = order;
    this.#keys = sortedKeys;
    this.#spareKeys = keys;
  }
}
