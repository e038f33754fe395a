/** Marks the best set of items in `chosen`, for scores that may be negative. */
export type Pack = (scores: Float64Array, limit: number, chosen: Uint8Array) => void;

/** Builds Bellman's dynamic program over the items and the remaining capacities, for any scores. */
export function dynamicProgramme(weights: Int32Array, capacity: number): Pack {
  const size = weights.length;
  /** Words of 32 bits for the capacities from 0 up. */
  const width = (capacity >>> 5) + 1;
  /** The best value within each capacity, of the items from the current one on. */
  const best = new Float64Array(capacity + 1);
  /** One bit at (item, remaining capacity): whether the best set of the items from this one on contains the item. */
  const taken = new Int32Array(size * width);

  return (scores, limit, chosen) => {
    best.fill(0, 0, limit + 1);
    for (let i = size - 1; i >= 0; i--) {
      const score = scores[i]!;
      const weight = weights[i]!;
      const line = i * width;
      taken.fill(0, line, line + width);
      if (!(score >= 0)) continue;
      // From above, so that best[c - weight] is still that of the items after this one.
      for (let c = limit; c >= weight; ) {
        const word = c >>> 5;
        const lowest = Math.max(weight, word << 5);
        let bits = 0;
        for (; c >= lowest; c--) {
          const within = best[c - weight]! + score;
          if (within >= best[c]!) {
            bits |= 1 << (c & 31);
            best[c] = within;
          }
        }
        taken[line + word] = bits;
      }
    }
    let left = limit;
    for (let i = 0; i < size; i++) {
      chosen[i] = (taken[i * width + (left >>> 5)]! >>> (left & 31)) & 1;
      if (chosen[i] === 1) left -= weights[i]!;
    }
  };
}
