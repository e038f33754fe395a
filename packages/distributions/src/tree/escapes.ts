/**
 * The escape of vertex j past vertex i is the probability that a walk from j, to one parent after the other in
 * proportion to the weights, reaches the root before i. With a free root, which is infinitely far away, it is that
 * probability relative to the weight of arcs to the root, unless the graph makes some vertex the root.
 */
export interface Escapes {
  readonly vertices: number;
  /** At j * vertices + i; zero where j = i. */
  readonly values: Float64Array;
  /** Their derivatives in some direction, as the arithmetic represents them. */
  readonly tangents: Float64Array;
  /** Whether the root is still free where i is the last vertex left: 1 or 0. */
  readonly free: Uint8Array;
  /** Working memory: the minimum of each row of values at hand, and the shares of a vertex's weight by parent. */
  readonly least: Float64Array;
  readonly shares: Float64Array;
  readonly shareTangents: Float64Array;
}

export function escapes(vertices: number): Escapes {
  return {
    vertices,
    values: new Float64Array(vertices * vertices),
    tangents: new Float64Array(vertices * vertices),
    free: new Uint8Array(vertices),
    least: new Float64Array(vertices),
    shares: new Float64Array(vertices),
    shareTangents: new Float64Array(vertices),
  };
}
