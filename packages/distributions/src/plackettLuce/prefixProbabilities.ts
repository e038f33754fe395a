/**
 * Probabilities of the first items drawn, for a few items: everything is indexed by the set of items drawn, one bit per
 * item.
 */
export interface PrefixProbabilities {
  /** Fills `probability` with P(the first items drawn are this set), for sets of at most k. */
  solve(theta: Float64Array): void;
  readonly probability: Float64Array;
  /** The sets of exactly k items. */
  readonly finals: Int32Array;
}

/**
 * Computes them from the empty set, adding one item at a time: each remaining item is next in proportion to its weight.
 * O(2^size * size).
 */
export function prefixProbabilities(size: number, k: number): PrefixProbabilities {
  const sets = 2 ** size;
  const probability = new Float64Array(sets);
  const counts = new Uint8Array(sets);
  for (let set = 1; set < sets; set++) counts[set] = counts[set >> 1]! + (set & 1);
  const finals = Int32Array.from(counts.keys()).filter((set) => counts[set] === k);
  const weights = new Float64Array(size);

  function advance(theta: Float64Array, set: number): void {
    let top = -Infinity;
    for (let i = 0; i < size; i++) if (((set >> i) & 1) === 0 && theta[i]! > top) top = theta[i]!;
    if (top === -Infinity) return;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      weights[i] = ((set >> i) & 1) === 0 ? Math.exp(theta[i]! - top) : 0;
      sum += weights[i]!;
    }
    const part = probability[set]! / sum;
    for (let i = 0; i < size; i++) if (weights[i]! > 0) probability[set | (1 << i)]! += part * weights[i]!;
  }

  return {
    probability,
    finals,
    solve(theta) {
      probability.fill(0);
      probability[0] = 1;
      // A superset is a larger number, so each probability is complete when it is read.
      for (let set = 0; set < sets; set++) if (counts[set]! < k && probability[set]! > 0) advance(theta, set);
    },
  };
}
