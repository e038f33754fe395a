import { fillUniform, type Key } from '@aimle/random';
import type { Arcs } from './arcs.js';
import type { Arithmetic } from './arithmetic.js';
import { Reduction } from './reduction.js';
import type { Weights } from './weights.js';

/**
 * Draws trees exactly, by Wilson's random walks ("Generating random spanning trees more quickly than the cover time",
 * 1996) without walking: the last step of a walk from vertex i leads to j in proportion to w_ij P(a walk from j reaches
 * the root before i), which elimination computes. Then i is merged with its parent. So the cost does not depend on the
 * weights, however uneven they are: always vertices^4 / 12 multiplications.
 */
export class Draw {
  readonly #arcs: Arcs;
  /** Arcs between vertices that are not merged with another. */
  readonly #graph: Reduction;
  readonly #rest: Reduction;
  /** The vertex that each one is merged with; -1 is the root. */
  readonly #oneWith: Int32Array;
  /** The vertices whose parents are still to be drawn, the next one first. */
  readonly #order: Int32Array;
  /** The weight of reaching the root, by vertex. */
  readonly #reach: Float64Array;
  readonly #uniform: Float64Array;
  readonly #choices: Float64Array;

  constructor(arcs: Arcs) {
    const { vertices, begin } = arcs;
    this.#arcs = arcs;
    this.#graph = new Reduction(vertices);
    this.#rest = new Reduction(vertices);
    this.#oneWith = new Int32Array(vertices);
    this.#order = new Int32Array(vertices);
    this.#reach = new Float64Array(vertices);
    this.#uniform = new Float64Array(vertices + 1);
    let maxDegree = vertices;
    for (let v = 0; v < vertices; v++) maxDegree = Math.max(maxDegree, begin[v + 1]! - begin[v]!);
    this.#choices = new Float64Array(maxDegree);
  }

  /** Writes a tree; there must be at least one. A free root is drawn by `rootShares`, one number per vertex. */
  draw(key: Key, weights: Weights, z: Float64Array, rootShares?: Float64Array): void {
    const { vertices, parent, element } = this.#arcs;
    const { arithmetic } = weights;
    fillUniform(key, this.#uniform);
    weights.fill(this.#graph);
    z.fill(0);
    for (let v = 0; v < vertices; v++) this.#oneWith[v] = v;
    const root = rootShares ? pick(arithmetic, rootShares, vertices, this.#uniform[vertices]!) : -1;
    let left = 0;
    for (let v = 0; v < vertices; v++) if (v !== root) this.#order[left++] = v;
    if (rootShares) {
      this.#oneWith[root] = -1;
      for (let v = 0; v < vertices; v++) this.#moveArcs(v, root);
      this.#graph.grounded = true;
    }
    while (left > 0) {
      const v = this.#order[0]!;
      this.#findReach(arithmetic, left);
      const arc = this.#arcFrom(v, weights, this.#uniform[left]!);
      z[element[arc]!] = 1;
      this.#order[0] = this.#order[--left]!;
      this.#unite(arithmetic, v, parent[arc] === -1 ? -1 : this.#oneWith[parent[arc]!]!, left);
    }
  }

  /** Turns the arc from v to the vertex drawn as the root into an arc to the root. */
  #moveArcs(v: number, root: number): void {
    const { weights, stride } = this.#graph;
    weights[v * stride] = weights[v * stride + 1 + root]!;
  }

  /** Computes, from each remaining vertex, the weight of walks to the root that avoid the first of them. */
  #findReach(arithmetic: Arithmetic, left: number): void {
    const rest = this.#rest;
    rest.take(this.#graph, this.#order, left, false);
    arithmetic.eliminate(rest, 1);
    const { weights, pivots, stride } = rest;
    this.#reach[this.#order[0]!] = arithmetic.zero;
    for (let i = 1; i < left; i++) {
      let sum = weights[i * stride]!;
      for (let j = 1; j < i; j++) {
        const through = arithmetic.times(weights[i * stride + 1 + j]!, this.#reach[this.#order[j]!]!);
        sum = arithmetic.plus(sum, through);
      }
      this.#reach[this.#order[i]!] = arithmetic.over(sum, pivots[i]!);
    }
  }

  #arcFrom(v: number, weights: Weights, uniform: number): number {
    const { begin, parent, element } = this.#arcs;
    const { arithmetic } = weights;
    const from = begin[v]!;
    const count = begin[v + 1]! - from;
    for (let c = 0; c < count; c++) {
      const to = parent[from + c] === -1 ? -1 : this.#oneWith[parent[from + c]!]!;
      const reach = to === -1 ? arithmetic.one : this.#reach[to]!;
      // The root is already decided.
      this.#choices[c] =
        element[from + c] === -1 ? arithmetic.zero : arithmetic.times(weights.of(from + c), reach);
    }
    return from + pick(arithmetic, this.#choices, count, uniform);
  }

  /** Turns all arcs to v into arcs to another vertex, or the root. */
  #unite(arithmetic: Arithmetic, v: number, other: number, left: number): void {
    const { weights, stride } = this.#graph;
    for (let i = 0; i < this.#oneWith.length; i++) if (this.#oneWith[i] === v) this.#oneWith[i] = other;
    for (let k = 0; k < left; k++) {
      const row = this.#order[k]! * stride;
      if (this.#order[k] === other) continue;
      weights[row + 1 + other] = arithmetic.plus(weights[row + 1 + other]!, weights[row + 1 + v]!);
    }
  }
}

/** Picks one of the weights, in proportion to them. */
function pick(arithmetic: Arithmetic, weights: Float64Array, count: number, uniform: number): number {
  let argmax = 0;
  for (let c = 1; c < count; c++) if (weights[c]! > weights[argmax]!) argmax = c;
  const scale = weights[argmax]!;
  let sum = 0;
  for (let c = 0; c < count; c++) sum += arithmetic.plain(arithmetic.over(weights[c]!, scale));
  let rest = uniform * sum;
  for (let c = 0; c < count; c++) {
    rest -= arithmetic.plain(arithmetic.over(weights[c]!, scale));
    if (rest < 0) return c;
  }
  return argmax;
}
