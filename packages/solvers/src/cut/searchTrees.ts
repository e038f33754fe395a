import { joinedArcs, shortcuts } from './joinedArcs.js';
import type { MaximumFlow } from './maximumFlow.js';
import { Ring } from './ring.js';

/** Which tree a vertex is in. */
const free = 0;
const ofSource = 1;
const ofSink = 2;

/** In the place of an arc to a parent: at the root of a tree, and where the parent has been lost. */
const root = -1;
const orphan = -2;

/**
 * Finds the maximum flow by two search trees, from the source and to the sink, along arcs with capacity left (Boykov and
 * Kolmogorov, "An experimental comparison of min-cut/max-flow algorithms", 2004). Where they meet, flow is sent; the
 * vertices that it cuts off look for new parents, so that trees are repaired and not built anew.
 *
 * In the end the source's tree holds what the source still reaches: the smallest source side. Fast where most flow takes
 * short paths, as in pictures; the number of paths has no good bound, so `push` gives up after `maxWork` steps over arcs
 * and returns -1.
 */
export class SearchTrees implements MaximumFlow {
  readonly #first: Int32Array;
  readonly #head: Int32Array;
  readonly #reverse: Int32Array;
  readonly #place: Int32Array;
  readonly #residual: Float64Array;
  readonly #shortcuts: Int32Array;
  readonly #directed: boolean;
  readonly #source: number;
  readonly #sink: number;
  readonly #tree: Uint8Array;
  /** The arc from a vertex to its parent. */
  readonly #parent: Int32Array;
  /** A distance to the root, and when it was last known to be right. */
  readonly #distance: Int32Array;
  readonly #checked: Int32Array;
  #now = 0;
  readonly #active: Ring;
  readonly #orphans: Ring;
  #work = 0;
  readonly #maxWork: number;

  constructor(
    vertices: number,
    ends: Int32Array,
    directed: boolean,
    source: number,
    sink: number,
    maxWork: number,
  ) {
    const arcs = joinedArcs(vertices, ends);
    const { first, head, reverse, place } = arcs;
    this.#first = first;
    this.#head = head;
    this.#reverse = reverse;
    this.#place = place;
    this.#residual = new Float64Array(head.length);
    this.#shortcuts = shortcuts(arcs, source, sink);
    this.#directed = directed;
    this.#source = source;
    this.#sink = sink;
    this.#tree = new Uint8Array(vertices);
    this.#parent = new Int32Array(vertices);
    this.#distance = new Int32Array(vertices);
    this.#checked = new Int32Array(vertices);
    this.#active = new Ring(vertices);
    this.#orphans = new Ring(vertices);
    this.#maxWork = maxWork;
  }

  push(capacities: Float64Array): number {
    const residual = this.#residual;
    const place = this.#place;
    residual.fill(0);
    for (let edge = 0; edge < capacities.length; edge++) {
      residual[place[2 * edge]!]! += capacities[edge]!;
      if (!this.#directed) residual[place[2 * edge + 1]!]! += capacities[edge]!;
    }
    this.#tree.fill(free);
    this.#checked.fill(0);
    this.#now = 0;
    this.#work = 0;
    this.#active.clear();
    this.#orphans.clear();
    this.#plant(this.#source, ofSource);
    this.#plant(this.#sink, ofSink);
    let value = this.#takeShortcuts();
    while (this.#active.held > 0) {
      const vertex = this.#active.take();
      let at = this.#grow(vertex, this.#first[vertex]!);
      while (at >= 0) {
        this.#now++;
        value += this.#send(this.#tree[vertex] === ofSource ? at : this.#reverse[at]!);
        while (this.#orphans.held > 0) this.#adopt(this.#orphans.take());
        if (this.#work > this.#maxWork) return -1;
        at = this.#grow(vertex, at);
      }
    }
    return value;
  }

  reaches(vertex: number): boolean {
    return this.#tree[vertex] === ofSource;
  }

  #plant(vertex: number, tree: number): void {
    this.#tree[vertex] = tree;
    this.#parent[vertex] = root;
    this.#distance[vertex] = 0;
    this.#active.add(vertex);
  }

  #takeShortcuts(): number {
    const pairs = this.#shortcuts;
    const residual = this.#residual;
    const reverse = this.#reverse;
    let value = 0;
    for (let i = 0; i < pairs.length; i += 2) {
      const out = pairs[i]!;
      const on = pairs[i + 1]!;
      const amount = Math.min(residual[out]!, residual[on]!);
      residual[out]! -= amount;
      residual[on]! -= amount;
      residual[reverse[out]!]! += amount;
      residual[reverse[on]!]! += amount;
      value += amount;
    }
    return value;
  }

  /**
   * Adds free vertices to the tree of a vertex, along its arcs from `from` on. Returns the first arc that meets the other
   * tree, or -1.
   */
  #grow(vertex: number, from: number): number {
    const head = this.#head;
    const reverse = this.#reverse;
    const residual = this.#residual;
    const tree = this.#tree;
    const parent = this.#parent;
    const distance = this.#distance;
    const checked = this.#checked;
    const own = tree[vertex]!;
    if (own === free) return -1;
    const end = this.#first[vertex + 1]!;
    for (let at = from; at < end; at++) {
      if (residual[own === ofSource ? at : reverse[at]!] === 0) continue;
      const other = head[at]!;
      if (tree[other] === free) {
        tree[other] = own;
        parent[other] = reverse[at]!;
        distance[other] = distance[vertex]! + 1;
        checked[other] = checked[vertex]!;
        this.#active.add(other);
      } else if (tree[other] !== own) {
        this.#work += at - from;
        return at;
      } else if (checked[other]! <= checked[vertex]! && distance[other]! > distance[vertex]! + 1) {
        parent[other] = reverse[at]!;
        distance[other] = distance[vertex]! + 1;
        checked[other] = checked[vertex]!;
      }
    }
    this.#work += end - from;
    return -1;
  }

  /** Sends as much as possible along an arc between the trees and to their roots. */
  #send(bridge: number): number {
    const head = this.#head;
    const reverse = this.#reverse;
    const residual = this.#residual;
    const parent = this.#parent;
    const tail = head[reverse[bridge]!]!;
    let amount = residual[bridge]!;
    let length = 0;
    let v = tail;
    while (parent[v]! >= 0) {
      const left = residual[reverse[parent[v]!]!]!;
      if (left < amount) amount = left;
      v = head[parent[v]!]!;
      length++;
    }
    v = head[bridge]!;
    while (parent[v]! >= 0) {
      const left = residual[parent[v]!]!;
      if (left < amount) amount = left;
      v = head[parent[v]!]!;
      length++;
    }
    this.#work += length;
    residual[bridge]! -= amount;
    residual[reverse[bridge]!]! += amount;
    v = tail;
    while (parent[v]! >= 0) {
      const arc = parent[v]!;
      const back = reverse[arc]!;
      residual[arc]! += amount;
      residual[back]! -= amount;
      if (residual[back] === 0) this.#orphan(v);
      v = head[arc]!;
    }
    v = head[bridge]!;
    while (parent[v]! >= 0) {
      const arc = parent[v]!;
      residual[arc]! -= amount;
      residual[reverse[arc]!]! += amount;
      if (residual[arc] === 0) this.#orphan(v);
      v = head[arc]!;
    }
    return amount;
  }

  #orphan(vertex: number): void {
    this.#parent[vertex] = orphan;
    // Nearest to the root first, so that the others do not look for parents below it in vain.
    this.#orphans.addFirst(vertex);
  }

  /** Looks for a new parent, as near to the root as possible; without one, the vertex becomes free. */
  #adopt(vertex: number): void {
    const head = this.#head;
    const reverse = this.#reverse;
    const residual = this.#residual;
    const tree = this.#tree;
    const parent = this.#parent;
    const own = tree[vertex]!;
    const begin = this.#first[vertex]!;
    const end = this.#first[vertex + 1]!;
    let nearest = Infinity;
    let best = orphan;
    for (let at = begin; at < end; at++) {
      if (residual[own === ofSource ? reverse[at]! : at] === 0 || tree[head[at]!] !== own) continue;
      const distance = this.#distanceToRoot(head[at]!);
      if (distance < nearest) {
        nearest = distance;
        best = at;
      }
    }
    this.#work += end - begin;
    parent[vertex] = best;
    if (best !== orphan) {
      this.#distance[vertex] = nearest + 1;
      this.#checked[vertex] = this.#now;
      return;
    }
    tree[vertex] = free;
    this.#work += end - begin;
    for (let at = begin; at < end; at++) {
      const other = head[at]!;
      if (tree[other] !== own) continue;
      if (residual[own === ofSource ? reverse[at]! : at]! > 0) this.#active.add(other);
      if (parent[other] === reverse[at]) {
        parent[other] = orphan;
        this.#orphans.add(other);
      }
    }
  }

  /** Infinity where the way up ends at an orphan. */
  #distanceToRoot(vertex: number): number {
    const head = this.#head;
    const parent = this.#parent;
    const distance = this.#distance;
    const checked = this.#checked;
    const now = this.#now;
    let steps = 0;
    let top = vertex;
    while (checked[top] !== now) {
      const arc = parent[top]!;
      if (arc === orphan) return Infinity;
      if (arc === root) {
        checked[top] = now;
        break;
      }
      top = head[arc]!;
      steps++;
    }
    this.#work += steps;
    const total = distance[top]! + steps;
    let left = total;
    for (let v = vertex; checked[v] !== now; v = head[parent[v]!]!) {
      checked[v] = now;
      distance[v] = left--;
    }
    return total;
  }
}
