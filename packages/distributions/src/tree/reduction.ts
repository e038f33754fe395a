/**
 * A graph from which vertices are eliminated: what is left of it has the same trees, as to their weights.
 *
 * Row i holds the weights of the arcs from vertex i to its possible parents: first the root, then vertex 0, 1, ...
 */
export class Reduction {
  /** `size` rows of `stride` weights. What stands on the diagonal has no meaning. */
  readonly weights: Float64Array;
  /** The derivatives of the logarithms of the weights in some direction. */
  readonly slopes: Float64Array;
  /** What each vertex was divided by when it was eliminated: the weight of all arcs from it. */
  readonly pivots: Float64Array;
  /** Which vertex of the whole graph each one is. */
  readonly vertices: Int32Array;
  size = 0;
  stride = 1;
  /**
   * Whether arcs to the root weigh like any other. If not, the root's column says what each vertex weighs as the root
   * of a tree, of which there is one: arcs to the root are infinitely light.
   */
  grounded = true;

  constructor(capacity: number) {
    this.weights = new Float64Array(capacity * (capacity + 1));
    this.slopes = new Float64Array(capacity * (capacity + 1));
    this.pivots = new Float64Array(capacity);
    this.vertices = Int32Array.from({ length: capacity }, (_, vertex) => vertex);
  }

  /** Begins with `count` vertices, all arcs between which are to be written. */
  begin(count: number, grounded: boolean): void {
    this.size = count;
    this.stride = count + 1;
    this.grounded = grounded;
  }

  /** Takes the first `count` vertices of an order of another graph, and all arcs between them and to the root. */
  take(from: Reduction, order: Int32Array, count: number, withSlopes: boolean): void {
    this.begin(count, from.grounded);
    for (let i = 0; i < count; i++) {
      const vertex = order[i]!;
      this.vertices[i] = from.vertices[vertex]!;
      const source = vertex * from.stride;
      const target = i * this.stride;
      this.weights[target] = from.weights[source]!;
      for (let j = 0; j < count; j++) this.weights[target + 1 + j] = from.weights[source + 1 + order[j]!]!;
      if (!withSlopes) continue;
      this.slopes[target] = from.slopes[source]!;
      for (let j = 0; j < count; j++) this.slopes[target + 1 + j] = from.slopes[source + 1 + order[j]!]!;
    }
  }

  /**
   * A vertex without arcs to those left must be the root, if that is free: all others then need arcs to it, and those
   * are arcs to the root from now on, of which there is no other. Answers what it weighs as the root.
   */
  ground(vertex: number): number {
    const { weights, slopes, stride } = this;
    for (let row = 0; row < vertex * stride; row += stride) {
      weights[row] = weights[row + 1 + vertex]!;
      slopes[row] = slopes[row + 1 + vertex]!;
    }
    this.grounded = true;
    return weights[vertex * stride]!;
  }
}
