import { type Hypergraph, NOTHING } from './hypergraph.js';

/** Lists the states of all derivations, in the order of the edges. */
export function derivations(graph: Hypergraph): Uint8Array[] {
  const { first, element, left, right } = graph;
  const states: Uint8Array[] = [];
  const state = new Uint8Array(graph.elements + 1);
  const expand = (pending: readonly number[]): void => {
    const v = pending[0];
    if (v === undefined) {
      states.push(state.slice(0, graph.elements));
      return;
    }
    for (let e = first[v]!; e < first[v + 1]!; e++) {
      const smaller = [left[e]!, right[e]!].filter((tail) => tail !== NOTHING);
      state[element[e]!] = 1;
      expand([...smaller, ...pending.slice(1)]);
      state[element[e]!] = 0;
    }
  };
  expand([graph.nodes - 1]);
  return states;
}

/**
 * Returns whether z is the state of a derivation: one that takes only elements of z, and all of them. `maxOnes` is working
 * memory for the maximum number of elements of z in a derivation of each node.
 */
export function derives(graph: Hypergraph, z: Float64Array, maxOnes: Float64Array): boolean {
  const { first, element, left, right } = graph;
  let ones = 0;
  for (const one of z) {
    if (one !== 0 && one !== 1) return false;
    ones += one;
  }
  for (let v = 1; v < graph.nodes; v++) {
    maxOnes[v] = -Infinity;
    for (let e = first[v]!; e < first[v + 1]!; e++) {
      const weight = element[e] === graph.elements ? 0 : z[element[e]!] === 1 ? 1 : -Infinity;
      maxOnes[v] = Math.max(maxOnes[v]!, weight + maxOnes[left[e]!]! + maxOnes[right[e]!]!);
    }
  }
  return maxOnes[graph.nodes - 1] === ones;
}
