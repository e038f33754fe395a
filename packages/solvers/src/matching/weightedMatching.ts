import { Blossoms } from './blossoms.js';
import { startingPrices } from './startingPrices.js';

// Labels are the signs with which prices move: outer nodes are at an even distance from the root of their tree.
const [outer, none, inner] = [-1, 0, 1];

/**
 * Maximum-weight perfect matching in a general graph, by Edmonds' algorithm: trees of alternating paths grow from all
 * unmatched vertices at once, along edges that are tight (Edmonds, "Maximum matching and a polyhedron with
 * 0,1-vertices", 1965; in cubic time after Gabow's and Lawler's theses).
 *
 * Prices prove that the answer is optimal: price[i] + price[j] + the prices of all blossoms around both i and j is at
 * least weight(i, j) and no more than that on matched pairs; prices of blossoms are not negative.
 *
 * Rounding cannot cause an endless loop: the search never tests whether an edge is tight. It makes the minimum change
 * of prices and takes the step that this allows, even if it is off by an ulp. Each search has a bounded number of steps.
 */
export class WeightedMatching {
  /** Symmetric, vertex by vertex, written by the caller; -Infinity where there is no edge. */
  readonly weight: Float32Array;
  readonly price: Float64Array;
  readonly blossoms: Blossoms;
  readonly #label: Int8Array;
  /** The tree's edge into an inner node: a vertex of its parent, and one of the node. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  /** The outer node that is nearest to each node. */
  readonly #nearestOuter: Int32Array;
  /** The vertex of node a on its tightest edge to node b; fixed, because prices within a node move together. */
  readonly #near: Int16Array;
  readonly #tightest: Float64Array;
  readonly #mark: Int32Array;
  #marks = 0;

  constructor(vertices: number) {
    const blossoms = new Blossoms(vertices);
    const { capacity } = blossoms;
    this.blossoms = blossoms;
    this.weight = new Float32Array(vertices * vertices);
    this.price = new Float64Array(capacity);
    this.#label = new Int8Array(capacity);
    this.#from = new Int32Array(capacity);
    this.#to = new Int32Array(capacity);
    this.#nearestOuter = new Int32Array(capacity);
    this.#near = new Int16Array(capacity * capacity);
    this.#tightest = new Float64Array(capacity);
    this.#mark = new Int32Array(capacity);
    for (let a = 0; a < vertices; a++) {
      for (let b = 0; b < vertices; b++) this.#near[a * capacity + b] = a;
    }
  }

  /** Matches all vertices. Returns a vertex that cannot be matched, or -1. */
  match(): number {
    const { blossoms } = this;
    blossoms.reset();
    this.#mark.fill(0);
    this.#marks = 0;
    startingPrices(this.weight, this.price, blossoms);
    for (let v = 0; v < blossoms.vertices; v++) {
      // A search matches two vertices, which may not include this one.
      while (blossoms.mate[v]! < 0) if (!this.#search()) return v;
    }
    return -1;
  }

  /** Grows trees until two of them meet, and matches along their branches; false when they cannot. */
  #search(): boolean {
    const { blossoms } = this;
    const { vertices } = blossoms;
    this.#label.fill(none);
    this.#nearestOuter.fill(-1);
    for (let node = 0; node < blossoms.end; node++) {
      if (blossoms.isOutermost(node) && blossoms.mate[blossoms.base[node]!]! < 0) this.#makeOuter(node);
    }
    for (;;) {
      let minChange = Infinity;
      let node = -1;
      for (let x = 0; x < blossoms.end; x++) {
        if (!blossoms.isOutermost(x)) continue;
        const change = this.#changeUntilEvent(x, vertices);
        if (change < minChange) {
          minChange = change;
          node = x;
        }
      }
      if (node < 0) return false;
      if (minChange > 0) this.#movePrices(minChange);
      if (this.#label[node] === inner) this.#expand(node);
      else if (this.#label[node] === none) this.#grow(node);
      else if (this.#meet(this.#nearestOuter[node]!, node)) return true;
    }
  }

  #changeUntilEvent(node: number, vertices: number): number {
    const label = this.#label[node];
    if (label === inner) return node < vertices ? Infinity : this.price[node]! / 2;
    const nearest = this.#nearestOuter[node]!;
    if (nearest < 0) return Infinity;
    const slack = this.#slack(nearest, node);
    return label === outer ? slack / 2 : slack;
  }

  #movePrices(change: number): void {
    const { price, blossoms } = this;
    const label = this.#label;
    const { vertices, end } = blossoms;
    for (let v = 0; v < vertices; v++) price[v]! += label[blossoms.outer[v]!]! * change;
    for (let b = vertices; b < end; b++) {
      if (blossoms.isOutermost(b)) price[b]! -= 2 * label[b]! * change;
    }
  }

  /** The slack of the tightest edge between two nodes. */
  #slack(a: number, b: number): number {
    const { capacity, vertices } = this.blossoms;
    const v = this.#near[a * capacity + b]!;
    const w = this.#near[b * capacity + a]!;
    return this.price[v]! + this.price[w]! - this.weight[v * vertices + w]!;
  }

  #makeOuter(node: number): void {
    const { blossoms } = this;
    const label = this.#label;
    const nearestOuter = this.#nearestOuter;
    label[node] = outer;
    this.#findNearestOuter(node);
    for (let x = 0; x < blossoms.end; x++) {
      if (!blossoms.isOutermost(x) || x === node || label[x] === inner) continue;
      const rival = nearestOuter[x]!;
      // A rival that is not outermost any more has become part of this node, which inherits its edge.
      const gone = rival < 0 || !blossoms.isOutermost(rival);
      if (gone || this.#slack(node, x) < this.#slack(rival, x)) nearestOuter[x] = node;
    }
  }

  #findNearestOuter(node: number): void {
    let minSlack = Infinity;
    this.#nearestOuter[node] = -1;
    for (let x = 0; x < this.blossoms.end; x++) {
      if (!this.blossoms.isOutermost(x) || x === node || this.#label[x] !== outer) continue;
      const slack = this.#slack(x, node);
      if (slack < minSlack) {
        minSlack = slack;
        this.#nearestOuter[node] = x;
      }
    }
  }

  /** Adds a matched pair of nodes below the outer node that is nearest to the first one. */
  #grow(node: number): void {
    const { mate, base, outer: outerOf } = this.blossoms;
    this.#label[node] = inner;
    this.#setEdge(node, this.#nearestOuter[node]!);
    this.#makeOuter(outerOf[mate[base[node]!]!]!);
  }

  #setEdge(node: number, parent: number): void {
    const { capacity } = this.blossoms;
    this.#from[node] = this.#near[parent * capacity + node]!;
    this.#to[node] = this.#near[node * capacity + parent]!;
  }

  /** Joins two outer nodes: to a blossom in one tree, to a longer matching in two. Returns whether it was two. */
  #meet(a: number, b: number): boolean {
    const { capacity } = this.blossoms;
    const inA = this.#near[a * capacity + b]!;
    const inB = this.#near[b * capacity + a]!;
    const fork = this.#commonAncestor(a, b);
    if (fork < 0) {
      this.#flip(inA, inB);
      this.#flip(inB, inA);
      return true;
    }
    this.#contract(fork, a, inA, b, inB);
    return false;
  }

  #commonAncestor(a: number, b: number): number {
    const mark = ++this.#marks;
    let here = a;
    let there = b;
    while (here >= 0) {
      if (this.#mark[here] === mark) return here;
      this.#mark[here] = mark;
      const up = this.#grandparent(here);
      if (there < 0) here = up;
      else {
        here = there;
        there = up;
      }
    }
    return -1;
  }

  /** The outer node two steps towards the root, or -1 at the root. */
  #grandparent(node: number): number {
    const { mate, base, outer: outerOf } = this.blossoms;
    const above = mate[base[node]!]!;
    return above < 0 ? -1 : outerOf[this.#from[outerOf[above]!]!]!;
  }

  #contract(fork: number, a: number, inA: number, b: number, inB: number): void {
    const { blossoms, price } = this;
    const { mate, base, outer: outerOf } = blossoms;
    for (let node = a; node !== fork; node = this.#grandparent(node)) {
      const middle = outerOf[mate[base[node]!]!]!;
      const from = this.#from[middle]!;
      blossoms.link(outerOf[from]!, from, this.#to[middle]!, middle);
      blossoms.link(middle, mate[base[node]!]!, base[node]!, node);
    }
    blossoms.link(a, inA, inB, b);
    for (let node = b; node !== fork; node = this.#grandparent(node)) {
      const middle = outerOf[mate[base[node]!]!]!;
      const from = this.#from[middle]!;
      blossoms.link(node, base[node]!, mate[base[node]!]!, middle);
      blossoms.link(middle, this.#to[middle]!, from, outerOf[from]!);
    }
    const blossom = blossoms.close(fork);
    price[blossom] = 0;
    this.#inheritEdges(blossom, fork);
    this.#makeOuter(blossom);
  }

  /** The tightest edge of a blossom to any other node is the tightest that a part of it has. */
  #inheritEdges(blossom: number, core: number): void {
    const { blossoms } = this;
    const { capacity } = blossoms;
    const near = this.#near;
    const tightest = this.#tightest;
    let part = core;
    do {
      for (let x = 0; x < blossoms.end; x++) {
        if (!blossoms.isUsed(x) || blossoms.around(x) === blossom) continue;
        const slack = this.#slack(part, x);
        if (part === core || slack < tightest[x]!) {
          tightest[x] = slack;
          near[blossom * capacity + x] = near[part * capacity + x]!;
          near[x * capacity + blossom] = near[x * capacity + part]!;
        }
      }
      part = blossoms.next[part]!;
    } while (part !== core);
  }

  /** Splits an inner blossom of price 0: the even path through it stays in the tree. */
  #expand(blossom: number): void {
    const { blossoms } = this;
    const { next, previous, exit, entry } = blossoms;
    const label = this.#label;
    const core = blossoms.core[blossom]!;
    let node = blossoms.partOf(blossom, this.#to[blossom]!);
    const ahead = blossoms.evenWayIsNext(blossom, node);
    let from = this.#from[blossom]!;
    let to = this.#to[blossom]!;
    blossoms.open(blossom);
    let part = core;
    do {
      label[part] = none;
      this.#nearestOuter[part] = -1;
      part = next[part]!;
    } while (part !== core);
    for (;;) {
      label[node] = inner;
      this.#from[node] = from;
      this.#to[node] = to;
      if (node === core) break;
      const partner = ahead ? next[node]! : previous[node]!;
      this.#makeOuter(partner);
      node = ahead ? next[partner]! : previous[partner]!;
      from = ahead ? exit[partner]! : entry[node]!;
      to = ahead ? entry[partner]! : exit[node]!;
    }
    do {
      if (label[part] === none) this.#findNearestOuter(part);
      part = next[part]!;
    } while (part !== core);
  }

  /** Matches v with w, and flips the matching on v's branch up to the root. */
  #flip(v: number, w: number): void {
    const { blossoms } = this;
    const { mate, base, outer: outerOf } = blossoms;
    let near = v;
    let far = w;
    for (;;) {
      const node = outerOf[near]!;
      const left = mate[base[node]!]!;
      blossoms.rebase(node, near);
      mate[near] = far;
      if (left < 0) return;
      const middle = outerOf[left]!;
      far = this.#to[middle]!;
      near = this.#from[middle]!;
      blossoms.rebase(middle, far);
      mate[far] = near;
    }
  }
}
