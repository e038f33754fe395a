import type { Arcs } from './arcs.js';
import { Reduction } from './reduction.js';
import type { Weights } from './weights.js';

/**
 * Computes the surprisal -log p of a tree as a sum of logarithms of 1 + x with x >= 0, so it is accurate however close
 * p is to 1.
 *
 * Vertices are eliminated children first. The tree's own arc from vertex v, of weight t_v, is set aside until v is
 * eliminated; the weight of all other arcs from v at that time is the excess x_v. Because the weight of all trees is
 * the product of t_v + x_v, and that of the tree the product of t_v, -log p = sum_v log(1 + x_v / t_v).
 */
export class Surprisal {
  /** The tree's arc from each vertex. */
  readonly treeArc: Int32Array;
  readonly #arcs: Arcs;
  readonly #graph: Reduction;
  readonly #sorted: Reduction;
  /** The vertices, parents first, and the place of each. */
  readonly #order: Int32Array;
  readonly #place: Int32Array;
  #placed = 0;
  readonly #chosen: Int32Array;

  constructor(arcs: Arcs) {
    const { vertices } = arcs;
    this.#arcs = arcs;
    this.treeArc = new Int32Array(vertices);
    this.#graph = new Reduction(vertices);
    this.#sorted = new Reduction(vertices);
    this.#order = new Int32Array(vertices);
    this.#place = new Int32Array(vertices);
    this.#chosen = new Int32Array(2 * vertices);
  }

  /** Reads a tree and orients it away from the root. */
  orient(z: Float32Array): void {
    const { element, begin, vertices } = this.#arcs;
    this.#place.fill(-1);
    this.#placed = 0;
    let chosen = 0;
    for (let v = 0; v < vertices; v++) {
      const before = chosen;
      for (let a = begin[v]!; a < begin[v + 1]!; a++) if (z[element[a]!] === 1) this.#chosen[chosen++] = a;
      // Without a parent v is the root, which has its own arc, after all others from v.
      if (chosen === before) this.#chosen[chosen++] = begin[v + 1]! - 1;
    }
    this.#placeChildren(-1, chosen);
    for (let i = 0; i < this.#placed; i++) this.#placeChildren(this.#order[i]!, chosen);
  }

  #placeChildren(of: number, chosen: number): void {
    const { child, parent } = this.#arcs;
    for (let c = 0; c < chosen; c++) {
      const arc = this.#chosen[c]!;
      if (parent[arc] !== of || this.#place[child[arc]!] !== -1) continue;
      this.treeArc[child[arc]!] = arc;
      this.#place[child[arc]!] = this.#placed;
      this.#order[this.#placed++] = child[arc]!;
    }
  }

  /** Computes -log p of the oriented tree. */
  of(weights: Weights): number {
    const { arithmetic } = weights;
    const { vertices, rooted, parent } = this.#arcs;
    const sorted = this.#sorted;
    weights.fill(this.#graph, undefined, this.treeArc);
    sorted.take(this.#graph, this.#order, vertices, false);
    let sum = 0;
    for (let v = vertices - 1; v >= 0; v--) {
      const arc = this.treeArc[this.#order[v]!]!;
      const row = v * sorted.stride;
      let excess = arithmetic.zero;
      for (let j = rooted || v === 0 ? 0 : 1; j <= v; j++) {
        excess = arithmetic.plus(excess, sorted.weights[row + j]!);
      }
      const own = weights.of(arc);
      const beside = arithmetic.over(excess, own);
      const x = arithmetic.plain(beside);
      sum += x < 1 ? Math.log1p(x) : arithmetic.log(arithmetic.plus(arithmetic.one, beside));
      if (v === 0) break;
      const to = row + 1 + (parent[arc] === -1 ? -1 : this.#place[parent[arc]!]!);
      sorted.weights[to] = arithmetic.plus(sorted.weights[to]!, own);
      arithmetic.eliminate(sorted, v);
    }
    return sum;
  }
}
