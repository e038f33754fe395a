import { divergenceTerm } from '../enumeration/softmax.js';
import { logarithm, type Scaled } from '../scaled/scaled.js';
import type { Hypergraph } from './hypergraph.js';

/**
 * Computes the entropy of the derivations of every node, from the smaller to the larger: that of its own choice, plus
 * that of its edges' smaller nodes, weighted by the shares. It adds only positive numbers, so even 1e-300 is accurate
 * relative to itself. Returns the root's entropy.
 */
export function entropy(graph: Hypergraph, share: Float64Array, below: Float64Array): number {
  const { first, left, right } = graph;
  for (let v = 1; v < graph.nodes; v++) {
    let argmax = first[v]!;
    for (let e = first[v]!; e < first[v + 1]!; e++) if (share[e]! > share[argmax]!) argmax = e;
    let others = 0;
    let sum = 0;
    for (let e = first[v]!; e < first[v + 1]!; e++) {
      const q = share[e]!;
      if (q === 0) continue;
      sum += q * (below[left[e]!]! + below[right[e]!]!);
      if (e === argmax) continue;
      others += q;
      sum -= q * Math.log(q);
    }
    // -log q of the largest share, from its complement: exact even where the share itself rounds to 1.
    if (others > 0) sum -= share[argmax]! * Math.log1p(-others);
    below[v] = sum;
  }
  return below[graph.nodes - 1]!;
}

/** One of the two instances of {@link divergence}: its weights, and the results of the inside pass. */
export interface Solved {
  readonly weights: Scaled;
  readonly values: Scaled;
  readonly share: Float64Array;
}

/**
 * Computes KL(p || other) of the derivations of every node in the same way. A choice adds sum_e q'_e - q_e - q_e
 * log(q'_e / q_e), each term of which is positive. Returns the root's divergence.
 */
export function divergence(graph: Hypergraph, p: Solved, other: Solved, below: Float64Array): number {
  const { first, element, left, right } = graph;
  const allowed = p.weights.exponent;
  const reached = p.values.exponent;
  const { mantissa, exponent } = other.values;
  for (let v = 1; v < graph.nodes; v++) {
    let sum = 0;
    for (let e = first[v]!; e < first[v + 1]!; e++) {
      const a = element[e]!;
      const l = left[e]!;
      const r = right[e]!;
      const q = p.share[e]!;
      if (allowed[a]! + reached[l]! + reached[r]! === -Infinity) {
        sum += other.share[e]!;
        continue;
      }
      const power = other.weights.exponent[a]! + exponent[l]! + exponent[r]!;
      const rest = below[l]! + below[r]!;
      // An edge that p allows may have a share too small for a double; its absence from the other still counts.
      if (power === -Infinity || rest === Infinity) {
        sum = Infinity;
        break;
      }
      if (q === 0) {
        sum += other.share[e]!;
        continue;
      }
      // The logarithm of the other's share is needed even where the share itself is too small for a double.
      const product = other.weights.mantissa[a]! * mantissa[l]! * mantissa[r]!;
      const gain = logarithm(product / mantissa[v]!, power - exponent[v]!) - Math.log(q);
      sum += divergenceTerm(q, other.share[e]!, gain) + q * rest;
    }
    below[v] = sum;
  }
  return below[graph.nodes - 1]!;
}
