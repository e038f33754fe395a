import { logSum, logSumOf } from './logSum.js';
import type { Reduction } from './reduction.js';

/** {@link Arithmetic.eliminate} for weights as their logarithms. */
export function eliminate(graph: Reduction, kept: number): boolean {
  const { weights, pivots, settled, stride } = graph;
  for (let v = graph.size - 1; v >= kept; v--) {
    const row = v * stride;
    const total = logSumOf(weights, row + (graph.grounded ? 0 : 1), row + v + 1);
    settled[v] = graph.grounded || total === -Infinity ? 1 : 0;
    if (total === -Infinity) {
      if (graph.grounded) return false;
      pivots[v] = graph.ground(v);
      continue;
    }
    pivots[v] = total;
    for (let at = 0; at < row; at += stride) {
      const share = weights[at + 1 + v]! - total;
      if (share === -Infinity) continue;
      for (let j = 0; j <= v; j++) weights[at + j] = logSum(weights[at + j]!, share + weights[row + j]!);
    }
  }
  graph.size = kept;
  return true;
}

/** {@link Arithmetic.eliminateAlong} for weights as their logarithms. */
export function eliminateAlong(graph: Reduction, kept: number): boolean {
  const { weights, tangents, pivots, settled, stride } = graph;
  for (let v = graph.size - 1; v >= kept; v--) {
    const row = v * stride;
    const first = graph.grounded ? 0 : 1;
    const total = logSumOf(weights, row + first, row + v + 1);
    settled[v] = graph.grounded || total === -Infinity ? 1 : 0;
    if (total === -Infinity) {
      if (graph.grounded) return false;
      pivots[v] = graph.ground(v);
      continue;
    }
    pivots[v] = total;
    const tangent = meanTangent(graph, v, first, total);
    for (let at = 0; at < row; at += stride) {
      const share = weights[at + 1 + v]! - total;
      if (share === -Infinity) continue;
      const before = tangents[at + 1 + v]! - tangent;
      for (let j = 0; j <= v; j++) {
        const added = share + weights[row + j]!;
        if (added === -Infinity) continue;
        const sum = logSum(weights[at + j]!, added);
        tangents[at + j]! += Math.exp(added - sum) * (before + tangents[row + j]! - tangents[at + j]!);
        weights[at + j] = sum;
      }
    }
  }
  graph.size = kept;
  return true;
}

/** The tangent of the weight of all arcs from v: that of a sum is the weighted mean of its terms' tangents. */
export function meanTangent(graph: Reduction, v: number, first: number, total: number): number {
  const { weights, tangents, stride } = graph;
  let mean = 0;
  for (let at = v * stride + first; at <= v * stride + v; at++) {
    mean += Math.exp(weights[at]! - total) * tangents[at]!;
  }
  return mean;
}
