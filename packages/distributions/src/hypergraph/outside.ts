import type { Hypergraph } from './hypergraph.js';

/** Probabilities of the nodes and of the elements; `elements` has one spare place, for the missing element. */
export interface Visits {
  readonly nodes: Float64Array;
  readonly elements: Float64Array;
}

export function visits(graph: Hypergraph): Visits {
  return { nodes: new Float64Array(graph.nodes), elements: new Float64Array(graph.elements + 1) };
}

/**
 * Runs the outside pass, in probabilities: from the root down, a node distributes its probability to its edges by their
 * shares, and an edge to its element and its smaller nodes. All sums are of positive numbers, so nothing cancels.
 */
export function outside(graph: Hypergraph, share: Float64Array, { nodes, elements }: Visits): void {
  const { first, element, left, right } = graph;
  nodes.fill(0);
  elements.fill(0);
  nodes[graph.nodes - 1] = 1;
  for (let v = graph.nodes - 1; v > 0; v--) {
    const visit = nodes[v]!;
    if (visit === 0) continue;
    for (let e = first[v]!; e < first[v + 1]!; e++) {
      const taken = visit * share[e]!;
      elements[element[e]!]! += taken;
      nodes[left[e]!]! += taken;
      nodes[right[e]!]! += taken;
    }
  }
}
