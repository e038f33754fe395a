/** Sorts the indices of one instance's weights, best first; returns the index of a NaN, or -1. */
export type SortEdges = (theta: Float32Array, start: number, order: Int32Array) => number;

/**
 * Builds a radix sort of single-precision weights, descending for sign 1, ascending for sign -1. It is stable (of equal
 * weights the earlier one comes first) and linear (a million weights take a few sweeps without comparisons).
 */
export function radixSort(size: number, sign: 1 | -1): SortEdges {
  // For a small graph, clearing the counters must not cost more than sorting its edges.
  const bits = size < 2048 ? 8 : 11;
  const digits = Math.ceil(32 / bits);
  const base = 1 << bits;
  const counts = new Int32Array(digits * base);
  const keys = new Uint32Array(size);
  const keyAsFloat = new Float32Array(keys.buffer);
  const movedKeys = new Uint32Array(size);
  const movedOrder = new Int32Array(size);

  /** Bit patterns that ascend as integers where the weights get worse. */
  function prepare(theta: Float32Array, start: number): number {
    counts.fill(0);
    for (let i = 0; i < size; i++) {
      // Subtracted from 0, so that a negative zero becomes a zero, which it ties with.
      const worse = sign === 1 ? 0 - theta[start + i]! : 0 + theta[start + i]!;
      if (Number.isNaN(worse)) return i;
      keyAsFloat[i] = worse;
      const pattern = keys[i]!;
      const key = pattern >>> 31 === 1 ? ~pattern >>> 0 : (pattern | 0x80000000) >>> 0;
      keys[i] = key;
      for (let digit = 0; digit < digits; digit++) {
        counts[digit * base + ((key >>> (digit * bits)) & (base - 1))]!++;
      }
    }
    return -1;
  }

  return (theta, start, order) => {
    const broken = prepare(theta, start);
    if (broken >= 0) return broken;
    let fromKeys = keys;
    let toKeys = movedKeys;
    let fromOrder: Int32Array = order;
    let toOrder: Int32Array = movedOrder;
    for (let i = 0; i < size; i++) order[i] = i;
    for (let digit = 0; digit < digits; digit++) {
      const shift = digit * bits;
      const bucket = digit * base;
      let before = 0;
      for (let value = bucket; value < bucket + base; value++) {
        const count = counts[value]!;
        counts[value] = before;
        before += count;
      }
      for (let i = 0; i < size; i++) {
        const key = fromKeys[i]!;
        const value = bucket + ((key >>> shift) & (base - 1));
        const place = counts[value]!;
        counts[value] = place + 1;
        toKeys[place] = key;
        toOrder[place] = fromOrder[i]!;
      }
      [fromKeys, toKeys] = [toKeys, fromKeys];
      [fromOrder, toOrder] = [toOrder, fromOrder];
    }
    if (fromOrder !== order) order.set(fromOrder);
    return -1;
  };
}
