import { type Hypergraph, HypergraphBuilder, NOTHING } from '../hypergraph/hypergraph.js';

/**
 * Builds the hypergraph of label sequences. It has two kinds of nodes: being at a label, which takes it, and leaving it, which takes a
 * transition.
 */
export function chainGraph(name: string, length: number, labels: number): Hypergraph {
  const unary = length * labels;
  const builder = new HypergraphBuilder(name, unary + (length - 1) * labels * labels);
  const leave = new Int32Array(labels).fill(NOTHING);
  const at = new Int32Array(labels);
  for (let t = length - 1; t >= 0; t--) {
    for (let a = 0; a < labels && t < length - 1; a++) {
      for (let b = 0; b < labels; b++) builder.edge(unary + (t * labels + a) * labels + b, at[b]!);
      leave[a] = builder.node();
    }
    for (let a = 0; a < labels; a++) {
      builder.edge(t * labels + a, leave[a]!);
      at[a] = builder.node();
    }
  }
  for (let a = 0; a < labels; a++) builder.edge(undefined, at[a]!);
  builder.node();
  return builder.build();
}
