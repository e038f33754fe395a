/** Maxima over runs of sites, and where they are. */
export interface MaxPool {
  /** [runs, channels] */
  readonly values: Float32Array;
  /** The site of each maximum; the first of equals. */
  readonly at: Int32Array;
}

/** Finds each channel's maximum over runs of sites: run r is starts[r] to starts[r + 1] - 2, and then comes an edge. */
export function maxPool(x: Float32Array, channels: number, starts: Int32Array): MaxPool {
  const runs = starts.length - 1;
  const values = new Float32Array(runs * channels);
  const at = new Int32Array(runs * channels);
  for (let run = 0; run < runs; run++) {
    const to = run * channels;
    const first = starts[run]!;
    values.set(x.subarray(first * channels, (first + 1) * channels), to);
    at.fill(first, to, to + channels);
    for (let site = first + 1; site < starts[run + 1]! - 1; site++) {
      const from = site * channels;
      for (let c = 0; c < channels; c++) {
        const value = x[from + c]!;
        if (value > values[to + c]!) {
          values[to + c] = value;
          at[to + c] = site;
        }
      }
    }
  }
  return { values, at };
}
