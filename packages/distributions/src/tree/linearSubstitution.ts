import { type Arithmetic, MAX_WEIGHT, MIN_WEIGHT } from './arithmetic.js';
import type { Escapes } from './escapes.js';
import type { Reduction } from './reduction.js';

type Range = Pick<Arithmetic, 'inRange'>;

/** {@link Arithmetic.substitute} for weights in their direct form. */
export function substitute(
  graph: Reduction,
  kept: number,
  count: number,
  escapes: Escapes,
  range: Range,
): void {
  const { vertices } = graph;
  const { values, shares, least } = escapes;
  const width = escapes.vertices;
  const from = vertices[0]!;
  for (let v = 0; v < count; v++) {
    const to = vertices[v]! * width + from;
    if (v >= kept) {
      beginRow(graph, v, kept, escapes, range);
      let k = 0;
      for (; k + 4 <= v; k += 4) {
        const [a, b, c, d] = [shares[k]!, shares[k + 1]!, shares[k + 2]!, shares[k + 3]!];
        if (a + b + c + d === 0) continue;
        const first = vertices[k]! * width + from;
        const second = vertices[k + 1]! * width + from;
        const third = vertices[k + 2]! * width + from;
        const fourth = vertices[k + 3]! * width + from;
        for (let i = 0; i < kept; i++) {
          values[to + i]! +=
            a * values[first + i]! +
            b * values[second + i]! +
            (c * values[third + i]! + d * values[fourth + i]!);
        }
      }
      for (; k < v; k++) {
        const at = vertices[k]! * width + from;
        for (let i = 0; i < kept; i++) values[to + i]! += shares[k]! * values[at + i]!;
      }
    }
    least[v] = leastOf(values, to, kept, range);
  }
}

/** {@link Arithmetic.substituteAlong} for weights in their direct form. */
export function substituteAlong(
  graph: Reduction,
  kept: number,
  count: number,
  escapes: Escapes,
  range: Range,
): void {
  const { weights, tangents, settled, vertices, stride } = graph;
  const { values, shares, shareTangents, least, free } = escapes;
  const slopes = escapes.tangents;
  const width = escapes.vertices;
  const from = vertices[0]!;
  for (let v = 0; v < count; v++) {
    const to = vertices[v]! * width + from;
    if (v >= kept) {
      beginRow(graph, v, kept, escapes, range);
      const pivot = graph.pivots[v]!;
      const row = v * stride;
      let total = settled[v] === 1 ? tangents[row]! : 0;
      for (let k = 1; k <= v; k++) total += tangents[row + k]!;
      for (let k = 0; k < v; k++) shareTangents[k] = (tangents[row + 1 + k]! - shares[k]! * total) / pivot;
      const rootTangent = (tangents[row]! - (weights[row]! / pivot) * total) / pivot;
      for (let i = 0; i < kept; i++)
        slopes[to + i] = settled[v] === 1 || free[from + i] === 1 ? rootTangent : 0;
      let k = 0;
      for (; k + 2 <= v; k += 2) {
        const [a, b] = [shares[k]!, shares[k + 1]!];
        if (a + b === 0) continue;
        const [aTangent, bTangent] = [shareTangents[k]!, shareTangents[k + 1]!];
        const first = vertices[k]! * width + from;
        const second = vertices[k + 1]! * width + from;
        for (let i = 0; i < kept; i++) {
          const one = values[first + i]!;
          const other = values[second + i]!;
          values[to + i]! += a * one + b * other;
          slopes[to + i]! +=
            a * slopes[first + i]! + aTangent * one + (b * slopes[second + i]! + bTangent * other);
        }
      }
      for (; k < v; k++) {
        const [share, shareTangent] = [shares[k]!, shareTangents[k]!];
        const at = vertices[k]! * width + from;
        for (let i = 0; i < kept; i++) {
          const value = values[at + i]!;
          values[to + i]! += share * value;
          slopes[to + i]! += share * slopes[at + i]! + shareTangent * value;
        }
      }
    }
    least[v] = leastOf(values, to, kept, range);
  }
}

/** Finds the shares of the weight of v, and writes the one of the root to the row of v. */
function beginRow(graph: Reduction, v: number, kept: number, escapes: Escapes, range: Range): void {
  const { weights, pivots, settled, vertices, stride } = graph;
  const { values, shares, least, free } = escapes;
  const pivot = pivots[v]!;
  const row = v * stride + 1;
  for (let k = 0; k < v; k++) {
    const weight = weights[row + k]!;
    const share = weight / pivot;
    if (weight > 0 && !(share * least[k]! >= MIN_WEIGHT)) range.inRange = false;
    shares[k] = share;
  }
  const from = vertices[0]!;
  const to = vertices[v]! * escapes.vertices + from;
  const toRoot = weights[row - 1]! / pivot;
  // An infinitely light arc to the root counts only beside others of its kind.
  for (let i = 0; i < kept; i++) values[to + i] = settled[v] === 1 || free[from + i] === 1 ? toRoot : 0;
}

/** Returns the minimum of the numbers above zero, and at most 1. */
function leastOf(values: Float64Array, from: number, count: number, range: Range): number {
  let min = 1;
  let max = 0;
  for (let i = from; i < from + count; i++) {
    const value = values[i]!;
    if (value < min && value > 0) min = value;
    if (!(value <= max)) max = value;
  }
  if (!(max <= MAX_WEIGHT) || min < MIN_WEIGHT) range.inRange = false;
  return min;
}
