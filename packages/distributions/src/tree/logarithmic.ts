import type { Arithmetic } from './arithmetic.js';
import type { Reduction } from './reduction.js';

/** Weights as their logarithms. */
export const logarithmic: Arithmetic = {
  zero: -Infinity,
  one: 0,
  of: (logWeight) => logWeight,
  log: (weight) => weight,
  plain: Math.exp,
  plus: logSum,
  times: (a, b) => a + b,
  over: (a, b) => a - b,

  eliminate(graph: Reduction, kept: number): boolean {
    const { weights, pivots, stride } = graph;
    for (let v = graph.size - 1; v >= kept; v--) {
      const row = v * stride;
      let total = logSumOf(weights, row + (graph.grounded ? 0 : 1), row + v + 1);
      if (total === -Infinity) {
        if (graph.grounded) return false;
        total = graph.ground(v);
      } else {
        for (let at = 0; at < row; at += stride) {
          const share = weights[at + 1 + v]! - total;
          if (share === -Infinity) continue;
          for (let j = 0; j <= v; j++) weights[at + j] = logSum(weights[at + j]!, share + weights[row + j]!);
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
      const first = graph.grounded ? 0 : 1;
      const total = logSumOf(weights, row + first, row + v + 1);
      if (total === -Infinity) {
        if (graph.grounded) return false;
        graph.ground(v);
        continue;
      }
      let slope = 0;
      for (let j = first; j <= v; j++) slope += Math.exp(weights[row + j]! - total) * slopes[row + j]!;
      for (let at = 0; at < row; at += stride) {
        const share = weights[at + 1 + v]! - total;
        if (share === -Infinity) continue;
        const before = slopes[at + 1 + v]! - slope;
        for (let j = 0; j <= v; j++) {
          const added = share + weights[row + j]!;
          if (added === -Infinity) continue;
          const sum = logSum(weights[at + j]!, added);
          slopes[at + j]! += Math.exp(added - sum) * (before + slopes[row + j]! - slopes[at + j]!);
          weights[at + j] = sum;
        }
      }
    }
    graph.size = kept;
    return true;
  },
};

function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  const gap = Math.min(a, b) - high;
  // A gap beyond the resolution of a double is skipped, and with it the difference of two infinities.
  return gap > -40 ? high + Math.log1p(Math.exp(gap)) : high;
}

function logSumOf(weights: Float64Array, from: number, end: number): number {
  let high = -Infinity;
  for (let i = from; i < end; i++) if (weights[i]! > high) high = weights[i]!;
  if (high === -Infinity) return high;
  let sum = 0;
  for (let i = from; i < end; i++) sum += Math.exp(weights[i]! - high);
  return high + Math.log(sum);
}
