import type { Escapes } from './escapes.js';
import { meanTangent } from './logarithmicElimination.js';
import { logSum } from './logSum.js';
import type { Reduction } from './reduction.js';

/** {@link Arithmetic.substitute} for weights as their logarithms. */
export function substitute(graph: Reduction, kept: number, count: number, escapes: Escapes): void {
  const { weights, pivots, vertices, stride } = graph;
  const { values } = escapes;
  const from = vertices[0]!;
  for (let v = kept; v < count; v++) {
    const row = v * stride + 1;
    const to = vertices[v]! * escapes.vertices + from;
    for (let i = 0; i < kept; i++) values[to + i] = rootShare(graph, v, escapes, from + i);
    for (let k = 0; k < v; k++) {
      const share = weights[row + k]! - pivots[v]!;
      if (share === -Infinity) continue;
      const at = vertices[k]! * escapes.vertices + from;
      for (let i = 0; i < kept; i++) values[to + i] = logSum(values[to + i]!, share + values[at + i]!);
    }
  }
}

/** {@link Arithmetic.substituteAlong} for weights as their logarithms. */
export function substituteAlong(graph: Reduction, kept: number, count: number, escapes: Escapes): void {
  const { weights, pivots, settled, vertices, stride } = graph;
  const { values, tangents } = escapes;
  const from = vertices[0]!;
  for (let v = kept; v < count; v++) {
    const row = v * stride + 1;
    const to = vertices[v]! * escapes.vertices + from;
    const mean = meanTangent(graph, v, settled[v] === 1 ? 0 : 1, pivots[v]!);
    for (let i = 0; i < kept; i++) {
      values[to + i] = rootShare(graph, v, escapes, from + i);
      tangents[to + i] = graph.tangents[row - 1]! - mean;
    }
    for (let k = 0; k < v; k++) {
      const share = weights[row + k]! - pivots[v]!;
      if (share === -Infinity) continue;
      const at = vertices[k]! * escapes.vertices + from;
      const shareTangent = graph.tangents[row + k]! - mean;
      for (let i = 0; i < kept; i++) {
        const added = share + values[at + i]!;
        if (added === -Infinity) continue;
        const sum = logSum(values[to + i]!, added);
        tangents[to + i]! += Math.exp(added - sum) * (shareTangent + tangents[at + i]! - tangents[to + i]!);
        values[to + i] = sum;
      }
    }
  }
}

/** The share of the root in the weight of v. An infinitely light arc to it counts only beside others of its kind. */
function rootShare(graph: Reduction, v: number, { free }: Escapes, i: number): number {
  const counts = graph.settled[v] === 1 || free[i] === 1;
  return counts ? graph.weights[v * graph.stride]! - graph.pivots[v]! : -Infinity;
}
