/**
 * A dynamic program as a directed acyclic hypergraph. A node is a subproblem; each of its edges is one way to solve it,
 * with at most one element of the structure and at most two smaller subproblems. A choice of edges from the root down
 * is a derivation, and the elements on it are the ones of a state. Each state has exactly one derivation, with each
 * element at most once. Paths in a graph are the case of one smaller subproblem.
 *
 * Nodes are numbered from the smaller to the larger; the root is the last. Node 0 is {@link NOTHING}, the empty
 * subproblem; a missing subproblem points to it. A missing element is number `elements`, whose weight is always one. So
 * the loops over edges need no special cases.
 *
 * Source: L. Huang, "Advanced dynamic programming in semiring and hypergraph frameworks", COLING 2008; Z. Li and
 * J. Eisner, "First- and second-order expectation semirings", EMNLP 2009.
 */
export interface Hypergraph {
  readonly nodes: number;
  readonly edges: number;
  readonly elements: number;
  /** The edges of node v are first[v], ..., first[v + 1] - 1. */
  readonly first: Int32Array;
  readonly element: Int32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Maximum number of nodes in a derivation. */
  readonly length: number;
  /** Maximum number of choices among several edges in a derivation. */
  readonly choices: number;
  /** Maximum number of edges of a node. */
  readonly degree: number;
}

export const NOTHING = 0;

/**
 * With more edges, the arrays of a hypergraph and of the passes over it, about 60 bytes per edge, take too much memory.
 */
const MAX_EDGES = 2 ** 26;

/** Builds a hypergraph from the edges of one node after another. */
export class HypergraphBuilder {
  readonly #name: string;
  readonly #elements: number;
  readonly #first = new Column();
  readonly #element = new Column();
  readonly #left = new Column();
  readonly #right = new Column();

  /** @param name - of the structure, for the error message if it is too large. */
  constructor(name: string, elements: number) {
    this.#name = name;
    this.#elements = elements;
    this.#first.push(0);
    this.#first.push(0);
  }

  /** Adds an edge to the node that {@link node} will close, with an element or `undefined` for none. */
  edge(element: number | undefined, left: number = NOTHING, right: number = NOTHING): void {
    if (this.#element.length === MAX_EDGES) {
      throw new RangeError(
        `${this.#name}: the dynamic program must have at most 2^26 steps, got more; make the structure smaller`,
      );
    }
    this.#element.push(element ?? this.#elements);
    this.#left.push(left);
    this.#right.push(right);
  }

  /** Closes a node and returns its number. A node without edges has no solution. */
  node(): number {
    this.#first.push(this.#element.length);
    return this.#first.length - 2;
  }

  /** Builds the hypergraph whose root is the last node. */
  build(): Hypergraph {
    const first = this.#first.values();
    const left = this.#left.values();
    const right = this.#right.values();
    const nodes = first.length - 1;
    const length = new Int32Array(nodes);
    const choices = new Int32Array(nodes);
    let degree = 0;
    for (let v = 1; v < nodes; v++) {
      const own = first[v + 1]! - first[v]!;
      degree = Math.max(degree, own);
      for (let e = first[v]!; e < first[v + 1]!; e++) {
        length[v] = Math.max(length[v]!, 1 + length[left[e]!]! + length[right[e]!]!);
        choices[v] = Math.max(choices[v]!, +(own > 1) + choices[left[e]!]! + choices[right[e]!]!);
      }
    }
    return {
      nodes,
      edges: left.length,
      elements: this.#elements,
      first,
      element: this.#element.values(),
      left,
      right,
      length: length[nodes - 1]!,
      choices: choices[nodes - 1]!,
      degree,
    };
  }
}

/** A growing array of integers. It lies outside the JavaScript heap, which an array of numbers could exhaust. */
class Column {
  #values = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const longer = new Int32Array(2 * this.length);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.length++] = value;
  }

  values(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}
