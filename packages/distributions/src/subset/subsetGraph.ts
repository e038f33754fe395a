import { type Hypergraph, HypergraphBuilder } from '../hypergraph/hypergraph.js';

/** Builds the hypergraph of subsets of `low` to `high` items: at item i with j taken so far, take it or leave it. */
export function subsetGraph(name: string, size: number, low: number, high: number): Hypergraph {
  const builder = new HypergraphBuilder(name, size);
  const dead = builder.node();
  builder.edge(undefined);
  const done = builder.node();
  let after = Int32Array.from({ length: high + 2 }, (_, j) => (j >= low && j <= high ? done : dead));
  for (let i = size - 1; i >= 0; i--) {
    const here = new Int32Array(high + 2).fill(dead);
    for (let j = Math.max(0, low - (size - i)); j <= Math.min(i, high); j++) {
      if (after[j + 1] !== dead) builder.edge(i, after[j + 1]!);
      if (after[j] !== dead) builder.edge(undefined, after[j]!);
      here[j] = builder.node();
    }
    after = here;
  }
  return builder.build();
}
