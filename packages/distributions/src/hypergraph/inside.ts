import { GAP_LIMIT, logarithm, MANTISSA_LIMIT, type Scaled, shrink } from '../scaled/scaled.js';
import type { Hypergraph } from './hypergraph.js';

/**
 * Runs the inside pass: writes each node's value, the sum over its derivations of the product of their weights, and
 * each edge's share of it, which is the probability of the edge given that its node is visited. Returns the logarithm
 * of the root's value. All other passes read only the shares, so they are sums of products of probabilities.
 */
export function inside(graph: Hypergraph, weights: Scaled, values: Scaled, share: Float64Array): number {
  const { nodes, first, element, left, right } = graph;
  const weightMantissa = weights.mantissa;
  const weightExponent = weights.exponent;
  const { mantissa, exponent } = values;
  for (let v = 1; v < nodes; v++) {
    const begin = first[v]!;
    const end = first[v + 1]!;
    let top = -Infinity;
    for (let e = begin; e < end; e++) {
      const power = weightExponent[element[e]!]! + exponent[left[e]!]! + exponent[right[e]!]!;
      share[e] = power;
      if (power > top) top = power;
    }
    exponent[v] = top;
    if (top === -Infinity) {
      share.fill(0, begin, end);
      continue;
    }
    let sum = 0;
    for (let e = begin; e < end; e++) {
      const gap = top - share[e]!;
      const summand =
        gap > GAP_LIMIT
          ? 0
          : weightMantissa[element[e]!]! * mantissa[left[e]!]! * mantissa[right[e]!]! * shrink[gap | 0]!;
      share[e] = summand;
      sum += summand;
    }
    const scale = 1 / sum;
    for (let e = begin; e < end; e++) share[e]! *= scale;
    while (sum >= MANTISSA_LIMIT) {
      sum /= MANTISSA_LIMIT;
      exponent[v]! += Math.log2(MANTISSA_LIMIT);
    }
    mantissa[v] = sum;
  }
  return logarithm(mantissa[nodes - 1]!, exponent[nodes - 1]!);
}
