import type { Arithmetic } from './arithmetic.js';
import { type Escapes, escapes } from './escapes.js';
import { Reduction } from './reduction.js';

/**
 * Computes, for all arcs, the derivative of the logarithm of the weight of all trees with respect to the weight of the
 * arc. Times that weight, it is the probability that a tree has the arc.
 *
 * For the arc from i to the root it is 1 / W_i, where W_i is the weight of i when all other vertices are eliminated;
 * for the arc from i to j, it is that times the escape of j past i (see {@link Escapes}). Elimination preserves escapes
 * between the vertices that are left, and those of the others follow by substitution. So each half of the vertices is
 * eliminated in turn, and the other half is divided again: some 1.3 vertices^3 multiplications, a third more than an
 * inverse takes, and no subtraction.
 */
export class Shares {
  /** The whole graph; fill it before calling `find`. */
  readonly graph: Reduction;
  readonly #levels: Reduction[] = [];
  readonly #escapes: Escapes;
  /** The share of the arc from each vertex to the root, as if that arc had a weight. */
  readonly #toRoot: Float64Array;
  readonly #toRootTangents: Float64Array;
  #rooted = true;
  #logWeight = 0;

  constructor(vertices: number) {
    this.graph = new Reduction(vertices);
    this.#escapes = escapes(vertices);
    this.#toRoot = new Float64Array(vertices);
    this.#toRootTangents = new Float64Array(vertices);
    for (let size = vertices; size > 1; size -= size >> 1) this.#levels.push(new Reduction(size));
  }

  /** Finds the shares, and returns the logarithm of the weight of all trees. */
  find(arithmetic: Arithmetic, withTangents: boolean): number {
    const { values, tangents, vertices } = this.#escapes;
    for (let at = 0; at < values.length; at += vertices + 1) {
      values[at] = arithmetic.zero;
      tangents[at] = 0;
    }
    this.#rooted = this.graph.grounded;
    this.#logWeight = 0;
    return this.#visit(this.graph, 0, arithmetic, withTangents, true) ? this.#logWeight : -Infinity;
  }

  /** Returns the share of the arc from a vertex to a parent, -1 being the root. */
  of(arithmetic: Arithmetic, child: number, parent: number): number {
    const { values, free, vertices } = this.#escapes;
    if (parent >= 0) return arithmetic.times(this.#toRoot[child]!, values[parent * vertices + child]!);
    // With a free root, a vertex that is not the last one left cannot be the root if an eliminated one has to.
    return this.#rooted || free[child] === 1 ? this.#toRoot[child]! : arithmetic.zero;
  }

  /** Returns the derivative of its logarithm. */
  slopeOf(arithmetic: Arithmetic, child: number, parent: number): number {
    const { values, tangents, vertices } = this.#escapes;
    const slope = arithmetic.slope(this.#toRoot[child]!, this.#toRootTangents[child]!);
    if (parent < 0) return slope;
    const at = parent * vertices + child;
    return slope + arithmetic.slope(values[at]!, tangents[at]!);
  }

  /** Finds the shares between the vertices of a graph, and returns whether it has a tree. */
  #visit(graph: Reduction, depth: number, arithmetic: Arithmetic, along: boolean, first: boolean): boolean {
    const { size } = graph;
    if (size === 1) return this.#settle(graph, arithmetic, along, first);
    const below = this.#levels[depth]!;
    for (let half = 0; half < 2; half++) {
      const kept = half === 0 ? size - (size >> 1) : size >> 1;
      const start = half === 0 ? 0 : size - kept;
      below.takeFrom(graph, start, along);
      if (!(along ? arithmetic.eliminateAlong(below, kept) : arithmetic.eliminate(below, kept))) return false;
      if (first && half === 0) {
        for (let v = kept; v < size; v++) this.#logWeight += arithmetic.log(below.pivots[v]!);
      }
      if (!this.#visit(below, depth + 1, arithmetic, along, first && half === 0)) return false;
      if (along) arithmetic.substituteAlong(below, kept, size, this.#escapes);
      else arithmetic.substitute(below, kept, size, this.#escapes);
    }
    return true;
  }

  /** A single vertex has one tree. */
  #settle(graph: Reduction, arithmetic: Arithmetic, along: boolean, first: boolean): boolean {
    const weight = graph.weights[0]!;
    if (weight === arithmetic.zero) return false;
    const vertex = graph.vertices[0]!;
    const share = arithmetic.over(arithmetic.one, weight);
    this.#escapes.free[vertex] = graph.grounded ? 0 : 1;
    this.#toRoot[vertex] = share;
    if (along) {
      this.#toRootTangents[vertex] = arithmetic.tangent(share, -arithmetic.slope(weight, graph.tangents[0]!));
    }
    if (first) this.#logWeight += arithmetic.log(weight);
    return true;
  }
}
