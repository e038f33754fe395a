import type { Arithmetic } from './arithmetic.js';
import type { Reduction } from './reduction.js';

/** Weights in their direct form. */
export const linear: Arithmetic = {
  zero: 0,
  one: 1,
  of: Math.exp,
  log: Math.log,
  plain: (weight) => weight,
  plus: (a, b) => a + b,
  times: (a, b) => a * b,
  over: (a, b) => a / b,

  eliminate(graph: Reduction, kept: number): boolean {
    const { weights, pivots, stride } = graph;
    for (let v = graph.size - 1; v >= kept; v--) {
      const row = v * stride;
      let total = 0;
      for (let j = graph.grounded ? 0 : 1; j <= v; j++) total += weights[row + j]!;
      if (total === 0) {
        if (graph.grounded) return false;
        total = graph.ground(v);
      } else {
        for (let at = 0; at < row; at += stride) {
          const share = weights[at + 1 + v]! / total;
          if (share > 0) for (let j = 0; j <= v; j++) weights[at + j]! += share * weights[row + j]!;
        }
      }
      pivots[v] = total;
    }
    graph.size = kept;
    return true;
  },

  eliminateAlong(graph: Reduction, kept: number): boolean {
    const { weights, slopes, stride } = graph;
    for (let v = graph.size - 1; v >= kept; v--) {
      const row = v * stride;
      let total = 0;
      let slope = 0;
      for (let j = graph.grounded ? 0 : 1; j <= v; j++) {
        total += weights[row + j]!;
        slope += weights[row + j]! * slopes[row + j]!;
      }
      if (total === 0) {
        if (graph.grounded) return false;
        graph.ground(v);
        continue;
      }
      slope /= total;
      for (let at = 0; at < row; at += stride) {
        const share = weights[at + 1 + v]! / total;
        if (share === 0) continue;
        const before = slopes[at + 1 + v]! - slope;
        for (let j = 0; j <= v; j++) {
          const added = share * weights[row + j]!;
          if (added === 0) continue;
          const sum = weights[at + j]! + added;
          slopes[at + j]! += (added / sum) * (before + slopes[row + j]! - slopes[at + j]!);
          weights[at + j] = sum;
        }
      }
    }
    graph.size = kept;
    return true;
  },
};
