import { type Hypergraph, NOTHING } from './hypergraph.js';

/**
 * Draws a derivation from the root down, each edge by its share, and marks its elements in z, which has one spare place
 * for the missing element. `uniforms` has the graph's number of choices, `pending` its length.
 */
export function draw(
  graph: Hypergraph,
  share: Float64Array,
  uniforms: Float64Array,
  pending: Int32Array,
  z: Float64Array,
): void {
  const { first, element, left, right } = graph;
  z.fill(0);
  pending[0] = graph.nodes - 1;
  let held = 1;
  let drawn = 0;
  while (held > 0) {
    const v = pending[--held]!;
    let e = first[v]!;
    if (first[v + 1]! - e > 1) e = chosen(share, e, first[v + 1]!, uniforms[drawn++]!);
    z[element[e]!] = 1;
    if (right[e] !== NOTHING) pending[held++] = right[e]!;
    if (left[e] !== NOTHING) pending[held++] = left[e]!;
  }
}

/** Finds the edge in whose part of [0, 1] the number lies; never one without a share, despite rounding. */
export function chosen(share: Float64Array, begin: number, end: number, uniform: number): number {
  let rest = uniform;
  let last = begin;
  for (let e = begin; e < end; e++) {
    if (share[e] === 0) continue;
    last = e;
    rest -= share[e]!;
    if (rest < 0) return e;
  }
  return last;
}
