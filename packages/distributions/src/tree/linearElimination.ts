import { type Arithmetic, MAX_WEIGHT, MIN_WEIGHT } from './arithmetic.js';
import type { Reduction } from './reduction.js';

/** How many vertices are eliminated from the rows of all others in one pass, where there are enough others. */
const PANEL = 4;
const MIN_ROWS = 8;

/** The shares of a row's weight that go to the vertices of the panel, and the least weight in the row of each. */
const shares = new Float64Array(PANEL);
const least = new Float64Array(PANEL);

/** {@link Arithmetic.eliminate} for weights in their direct form. */
export function eliminate(graph: Reduction, kept: number, range: Pick<Arithmetic, 'inRange'>): boolean {
  const { weights, pivots, settled, stride } = graph;
  /** The vertices below `top` down to v are eliminated, but not yet from the rows of those below v. */
  let top = graph.size - 1;
  for (let v = top; v >= kept; v--) {
    if (v < top) spread(graph, top, v + 1, v, v + 1, range);
    const row = v * stride;
    let total = 0;
    let min = 1;
    for (let j = 1; j <= v; j++) {
      const weight = weights[row + j]!;
      total += weight;
      if (weight < min && weight > 0) min = weight;
    }
    const toRoot = weights[row]!;
    if (toRoot < min && toRoot > 0) min = toRoot;
    if (graph.grounded) total += toRoot;
    else if (total === 0) {
      if (v < top) spread(graph, top, v + 1, 0, v, range);
      pivots[v] = graph.ground(v);
      settled[v] = 1;
      top = v - 1;
      continue;
    }
    if (total === 0) return false;
    if (!(total + toRoot <= MAX_WEIGHT)) range.inRange = false;
    pivots[v] = total;
    settled[v] = graph.grounded ? 1 : 0;
    least[top - v] = min;
    if (v < MIN_ROWS || top - v === PANEL - 1 || v === kept) {
      if (top === v) spreadOne(graph, v, min, range);
      else spread(graph, top, v, 0, v, range);
      top = v - 1;
    }
  }
  graph.size = kept;
  return true;
}

/** Eliminates a vertex from the rows before it. */
function spreadOne(graph: Reduction, v: number, least: number, range: Pick<Arithmetic, 'inRange'>): void {
  const { weights, pivots, stride } = graph;
  const row = v * stride;
  const pivot = pivots[v]!;
  for (let at = 0; at < row; at += stride) {
    const weight = weights[at + 1 + v]!;
    if (weight === 0) continue;
    const share = weight / pivot;
    if (!(share * least >= MIN_WEIGHT)) range.inRange = false;
    for (let j = 0; j <= v; j++) weights[at + j]! += share * weights[row + j]!;
  }
}

/** Eliminates the vertices from `top` down to `last` from the rows from `from` to before `end`. */
function spread(
  graph: Reduction,
  top: number,
  last: number,
  from: number,
  end: number,
  range: Pick<Arithmetic, 'inRange'>,
): void {
  const { weights, pivots, stride } = graph;
  const first = top * stride;
  // A missing vertex has share 0, and any row.
  const second = first - (top - last >= 1 ? stride : 0);
  const third = first - (top - last >= 2 ? 2 * stride : 0);
  const fourth = first - (top - last >= 3 ? 3 * stride : 0);
  shares.fill(0);
  for (let at = from * stride; at < end * stride; at += stride) {
    let any = 0;
    for (let p = 0; p <= top - last; p++) {
      const v = top - p;
      let weight = weights[at + 1 + v]!;
      for (let q = 0; q < p; q++) weight += shares[q]! * weights[first - q * stride + 1 + v]!;
      const share = weight / pivots[v]!;
      if (weight > 0 && !(share * least[p]! >= MIN_WEIGHT)) range.inRange = false;
      shares[p] = share;
      any += share;
    }
    if (any === 0) continue;
    const [a, b, c, d] = [shares[0]!, shares[1]!, shares[2]!, shares[3]!];
    for (let j = 0; j <= last; j++) {
      weights[at + j]! +=
        a * weights[first + j]! +
        b * weights[second + j]! +
        (c * weights[third + j]! + d * weights[fourth + j]!);
    }
  }
}

/** {@link Arithmetic.eliminateAlong} for weights in their direct form. */
export function eliminateAlong(graph: Reduction, kept: number, range: Pick<Arithmetic, 'inRange'>): boolean {
  const { weights, tangents, pivots, settled, stride } = graph;
  for (let v = graph.size - 1; v >= kept; v--) {
    const row = v * stride;
    let total = 0;
    let tangent = 0;
    let min = 1;
    for (let j = graph.grounded ? 0 : 1; j <= v; j++) {
      const weight = weights[row + j]!;
      total += weight;
      tangent += tangents[row + j]!;
      if (weight < min && weight > 0) min = weight;
    }
    const toRoot = weights[row]!;
    if (toRoot < min && toRoot > 0) min = toRoot;
    settled[v] = graph.grounded || total === 0 ? 1 : 0;
    if (total === 0) {
      if (graph.grounded) return false;
      pivots[v] = graph.ground(v);
      continue;
    }
    if (!(total + toRoot <= MAX_WEIGHT)) range.inRange = false;
    pivots[v] = total;
    for (let at = 0; at < row; at += stride) {
      const weight = weights[at + 1 + v]!;
      if (weight === 0) continue;
      const share = weight / total;
      if (!(share * min >= MIN_WEIGHT)) range.inRange = false;
      const shareTangent = (tangents[at + 1 + v]! - share * tangent) / total;
      for (let j = 0; j <= v; j++) {
        const added = weights[row + j]!;
        tangents[at + j]! += share * tangents[row + j]! + shareTangent * added;
        weights[at + j]! += share * added;
      }
    }
  }
  graph.size = kept;
  return true;
}
