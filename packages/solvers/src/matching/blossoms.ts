const outermost = -1;
const unused = -2;

/**
 * A matching, and a family of blossoms on it: odd cycles of vertices and of smaller blossoms, in which all but one
 * vertex, the base, are matched with each other. Any vertex that is needed outside can become the base.
 *
 * Vertices and blossoms together are nodes: 0 to vertices - 1, and from `vertices` on.
 */
export class Blossoms {
  readonly vertices: number;
  /** The maximum number of nodes: each new blossom makes at least two nodes fewer outermost. */
  readonly capacity: number;
  /** The nodes in use are below this number. */
  end: number;
  /** The partner of each vertex, or -1. */
  readonly mate: Int32Array;
  /** The outermost node of each vertex. */
  readonly outer: Int32Array;
  /** The blossom that a node is a direct part of. */
  readonly inside: Int32Array;
  /** For each node, the vertex that has no partner inside it. */
  readonly base: Int32Array;
  /** For each blossom, the part that contains its base. */
  readonly core: Int32Array;
  /** The parts of a blossom form a cycle, joined by edges: from `exit` in a part to `entry` in the next one. */
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly exit: Int32Array;
  readonly entry: Int32Array;
  /** The vertices of a node are a chain, which is a piece of the chain of the blossom around it. */
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #following: Int32Array;
  readonly #spare: Int32Array;
  #spares = 0;
  readonly #stack: Int32Array;

  constructor(vertices: number) {
    const capacity = vertices + (vertices >> 1);
    const nodes = (): Int32Array => new Int32Array(capacity);
    this.vertices = vertices;
    this.capacity = capacity;
    this.end = vertices;
    this.mate = new Int32Array(vertices);
    this.outer = new Int32Array(vertices);
    this.inside = nodes();
    this.base = nodes();
    this.core = nodes();
    this.next = nodes();
    this.previous = nodes();
    this.exit = nodes();
    this.entry = nodes();
    this.#first = nodes();
    this.#last = nodes();
    this.#following = new Int32Array(vertices);
    this.#spare = nodes();
    this.#stack = new Int32Array(2 * capacity);
  }

  /** Resets to vertices only, none of them matched. */
  reset(): void {
    this.end = this.vertices;
    this.#spares = 0;
    this.mate.fill(-1);
    this.inside.fill(unused);
    for (let v = 0; v < this.vertices; v++) {
      this.inside[v] = outermost;
      this.outer[v] = v;
      this.base[v] = v;
      this.#first[v] = v;
      this.#last[v] = v;
    }
  }

  isOutermost(node: number): boolean {
    return this.inside[node] === outermost;
  }

  isUsed(node: number): boolean {
    return this.inside[node] !== unused;
  }

  /** The outermost node around a node. */
  around(node: number): number {
    return this.outer[this.#first[node]!]!;
  }

  /** Makes `to` the part after `from`, joined by an edge between one vertex of each. */
  link(from: number, exit: number, entry: number, to: number): void {
    this.next[from] = to;
    this.previous[to] = from;
    this.exit[from] = exit;
    this.entry[from] = entry;
  }

  /** Makes a blossom of the outermost nodes that are linked in a cycle through `core`. */
  close(core: number): number {
    const blossom = this.#spares > 0 ? this.#spare[--this.#spares]! : this.end++;
    this.inside[blossom] = outermost;
    this.core[blossom] = core;
    this.base[blossom] = this.base[core]!;
    this.#first[blossom] = this.#first[core]!;
    let part = core;
    do {
      this.inside[part] = blossom;
      this.#enclose(part, blossom);
      const next = this.next[part]!;
      if (next === core) this.#last[blossom] = this.#last[part]!;
      else this.#following[this.#last[part]!] = this.#first[next]!;
      part = next;
    } while (part !== core);
    return blossom;
  }

  /** Splits an outermost blossom; its parts stay linked until they become parts of another one. */
  open(blossom: number): void {
    const core = this.core[blossom]!;
    let part = core;
    do {
      this.inside[part] = outermost;
      this.#enclose(part, part);
      part = this.next[part]!;
    } while (part !== core);
    this.inside[blossom] = unused;
    this.#spare[this.#spares++] = blossom;
  }

  /** The part of a blossom that a vertex is in. */
  partOf(blossom: number, vertex: number): number {
    let part = vertex;
    while (this.inside[part] !== blossom) part = this.inside[part]!;
    return part;
  }

  /** Whether the path with an even number of edges from a part to the core follows `next`. */
  evenWayIsNext(blossom: number, part: number): boolean {
    let steps = 0;
    for (let at = part; at !== this.core[blossom]; at = this.next[at]!) steps++;
    return steps % 2 === 0;
  }

  /** Makes a vertex the base of a node, by rematching all other vertices inside it. */
  rebase(node: number, vertex: number): void {
    const stack = this.#stack;
    let height = 0;
    stack[height++] = node;
    stack[height++] = vertex;
    while (height > 0) {
      const base = stack[--height]!;
      const blossom = stack[--height]!;
      if (blossom < this.vertices) continue;
      const part = this.partOf(blossom, base);
      const core = this.core[blossom]!;
      const ahead = this.evenWayIsNext(blossom, part);
      for (let at = part; at !== core; ) {
        const a = ahead ? this.next[at]! : this.previous[at]!;
        const b = ahead ? this.next[a]! : this.previous[a]!;
        const inA = ahead ? this.exit[a]! : this.entry[b]!;
        const inB = ahead ? this.entry[a]! : this.exit[b]!;
        this.mate[inA] = inB;
        this.mate[inB] = inA;
        stack[height++] = a;
        stack[height++] = inA;
        stack[height++] = b;
        stack[height++] = inB;
        at = b;
      }
      this.base[blossom] = base;
      this.core[blossom] = part;
      stack[height++] = part;
      stack[height++] = base;
    }
  }

  #enclose(node: number, outer: number): void {
    const last = this.#last[node]!;
    for (let v = this.#first[node]!; v !== last; v = this.#following[v]!) this.outer[v] = outer;
    this.outer[last] = outer;
  }
}
