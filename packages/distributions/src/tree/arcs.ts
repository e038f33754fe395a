import type { Shape } from './shape.js';

/**
 * The arcs of a graph, from a child to its possible parent, ordered by child. As a parent the root is -1.
 *
 * A fixed root is not numbered: the other vertices are numbered from 0. Where the root is free, an arc from each vertex
 * to -1 says that it is the root; its weight is 1, and its element -1. An undirected tree is rooted at an arbitrary
 * vertex, the last one: each of its edges is two arcs.
 */
export interface Arcs {
  /** Vertices other than a fixed root. */
  readonly vertices: number;
  readonly rooted: boolean;
  readonly child: Int32Array;
  readonly parent: Int32Array;
  /** The index in theta of the logarithm of an arc's weight. */
  readonly element: Int32Array;
  /** The place of each arc in the rows of a reduction of the whole graph. */
  readonly place: Int32Array;
  /** Where the arcs of each child begin, and after the last one, where they end. */
  readonly begin: Int32Array;
}

export function arcsOf(shape: Shape): Arcs {
  const { tail, head, directed } = shape;
  const root = directed ? shape.root : shape.vertices - 1;
  const vertices = shape.vertices - (root === undefined ? 0 : 1);
  const number = (vertex: number): number => {
    if (root === undefined) return vertex;
    return vertex === root ? -1 : vertex - (vertex > root ? 1 : 0);
  };
  const begin = new Int32Array(vertices + 1);
  const ways = directed
    ? [[tail, head]]
    : [
        [tail, head],
        [head, tail],
      ];
  const each = (visit: (child: number, parent: number, element: number) => void): void => {
    for (const [from, to] of ways) {
      for (let e = 0; e < tail.length; e++) {
        if (to![e] !== root) visit(number(to![e]!), number(from![e]!), e);
      }
    }
    if (root === undefined) for (let v = 0; v < vertices; v++) visit(v, -1, -1);
  };
  each((child) => begin[child + 1]!++);
  for (let v = 0; v < vertices; v++) begin[v + 1]! += begin[v]!;
  const count = begin[vertices]!;
  const arcs = {
    child: new Int32Array(count),
    parent: new Int32Array(count),
    element: new Int32Array(count),
    place: new Int32Array(count),
  };
  const next = begin.slice();
  each((child, parent, element) => {
    const at = next[child]!++;
    arcs.child[at] = child;
    arcs.parent[at] = parent;
    arcs.element[at] = element;
    arcs.place[at] = child * (vertices + 1) + 1 + parent;
  });
  return { vertices, rooted: root !== undefined, ...arcs, begin };
}
