/**
 * A graph from which vertices are eliminated, so that the total weight of trees stays the same up to the pivots.
 *
 * Row i holds the weights of the arcs from vertex i to its possible parents: first the root, then vertex 0, 1, ... The
 * row of an eliminated vertex stays as it was when that vertex was eliminated.
 */
export class Reduction {
  /** `size` rows of `stride` weights. The diagonal has no meaning. */
  readonly weights: Float64Array;
  /** The derivatives of the weights in some direction, as the arithmetic represents them. */
  readonly tangents: Float64Array;
  /** The divisor of each vertex when it was eliminated: the weight of all arcs from it. */
  readonly pivots: Float64Array;
  /** Whether the arc to the root counted when each vertex was eliminated: see `grounded`. */
  readonly settled: Uint8Array;
  /** The vertex of the whole graph that each one stands for. */
  readonly vertices: Int32Array;
  size = 0;
  stride = 1;
  /**
   * Whether arcs to the root have weights like any other. If not, the root's column holds the weight of each vertex as
   * the root of a tree, which has exactly one: arcs to the root are infinitely light.
   */
  grounded = true;

  constructor(capacity: number) {
    this.weights = new Float64Array(capacity * (capacity + 1));
    this.tangents = new Float64Array(capacity * (capacity + 1));
    this.pivots = new Float64Array(capacity);
    this.settled = new Uint8Array(capacity);
    this.vertices = Int32Array.from({ length: capacity }, (_, vertex) => vertex);
  }

  /** Starts with `count` vertices; the caller writes all arcs between them. */
  begin(count: number, grounded: boolean): void {
    this.size = count;
    this.stride = count + 1;
    this.grounded = grounded;
  }

  /** Copies the first `count` vertices of an order of another graph, and all arcs between them and to the root. */
  take(from: Reduction, order: Int32Array, count: number, withTangents: boolean): void {
    this.begin(count, from.grounded);
    for (let i = 0; i < count; i++) {
      const vertex = order[i]!;
      this.vertices[i] = from.vertices[vertex]!;
      const source = vertex * from.stride;
      const target = i * this.stride;
      this.weights[target] = from.weights[source]!;
      for (let j = 0; j < count; j++) this.weights[target + 1 + j] = from.weights[source + 1 + order[j]!]!;
      if (!withTangents) continue;
      this.tangents[target] = from.tangents[source]!;
      for (let j = 0; j < count; j++) this.tangents[target + 1 + j] = from.tangents[source + 1 + order[j]!]!;
    }
  }

  /** Copies another graph, its vertices from `start` on first. */
  takeFrom(from: Reduction, start: number, withTangents: boolean): void {
    const { size } = from;
    this.begin(size, from.grounded);
    for (let i = 0; i < size; i++) {
      const vertex = start + i < size ? start + i : start + i - size;
      this.vertices[i] = from.vertices[vertex]!;
      copyRow(from.weights, vertex * from.stride, this.weights, i * this.stride, start, size);
      if (withTangents)
        copyRow(from.tangents, vertex * from.stride, this.tangents, i * this.stride, start, size);
    }
  }

  /**
   * Makes a vertex the root. With a free root, a vertex without arcs to the remaining ones must be the root: all others
   * then need arcs to it, and those become the only arcs to the root. Returns its weight as the root.
   */
  ground(vertex: number): number {
    const { weights, tangents, stride } = this;
    for (let row = 0; row < vertex * stride; row += stride) {
      weights[row] = weights[row + 1 + vertex]!;
      tangents[row] = tangents[row + 1 + vertex]!;
    }
    this.grounded = true;
    return weights[vertex * stride]!;
  }
}

/** Copies the weights to the root and to `count` vertices, those from `start` on first. */
function copyRow(
  from: Float64Array,
  source: number,
  to: Float64Array,
  target: number,
  start: number,
  count: number,
): void {
  to[target] = from[source]!;
  const first = count - start;
  for (let j = 1; j <= first; j++) to[target + j] = from[source + start + j]!;
  for (let j = 1; j <= start; j++) to[target + first + j] = from[source + j]!;
}
