import type { Hypergraph } from './hypergraph.js';
import type { Visits } from './outside.js';

/** Working memory of {@link tangent}. */
export interface Tangents {
  /** Tangents of the logarithms of the nodes' values. */
  readonly values: Float64Array;
  /** Tangents of the edges' shares. */
  readonly shares: Float64Array;
  /** Tangents of the probabilities. */
  readonly visits: Visits;
}

/**
 * Computes the derivative of the marginals in a direction v, by differentiating the inside pass and the outside pass.
 *
 * The tangent of a node's log-value is the mean of the tangents of its edges, weighted by the shares, so it never
 * exceeds the largest sum of v over a state. The tangent of a share is q_e (y_e - sum_f q_f y_f); taking y relative to
 * that of the largest share avoids cancellation where one edge has almost all of it.
 *
 * `direction` has one spare place, zero, for the missing element.
 */
export function tangent(
  graph: Hypergraph,
  share: Float64Array,
  visits: Visits,
  direction: Float64Array,
  tangents: Tangents,
): void {
  const { first, element, left, right } = graph;
  const { values, shares } = tangents;
  for (let v = 1; v < graph.nodes; v++) {
    const begin = first[v]!;
    const end = first[v + 1]!;
    let argmax = begin;
    for (let e = begin; e < end; e++) {
      shares[e] = direction[element[e]!]! + values[left[e]!]! + values[right[e]!]!;
      if (share[e]! > share[argmax]!) argmax = e;
    }
    const centre = begin < end ? shares[argmax]! : 0;
    let mean = 0;
    for (let e = begin; e < end; e++) {
      shares[e]! -= centre;
      mean += share[e]! * shares[e]!;
    }
    for (let e = begin; e < end; e++) shares[e] = share[e]! * (shares[e]! - mean);
    values[v] = centre + mean;
  }

  const { nodes, elements } = tangents.visits;
  nodes.fill(0);
  elements.fill(0);
  for (let v = graph.nodes - 1; v > 0; v--) {
    const visit = visits.nodes[v]!;
    if (visit === 0) continue;
    const slope = nodes[v]!;
    for (let e = first[v]!; e < first[v + 1]!; e++) {
      const taken = slope * share[e]! + visit * shares[e]!;
      elements[element[e]!]! += taken;
      nodes[left[e]!]! += taken;
      nodes[right[e]!]! += taken;
    }
  }
}
