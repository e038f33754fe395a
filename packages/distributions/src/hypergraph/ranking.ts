import { type Hypergraph, NOTHING } from './hypergraph.js';

/**
 * Finds the m best derivations. Every node keeps its own m best, sorted; those of a larger node are merged from those
 * of the smaller ones through a heap of candidates (edge, rank on the left, rank on the right), as in algorithm 2 of L.
 * Huang and D. Chiang, "Better k-best parsing", IWPT 2005. O(edges + nodes m log m); it allocates its own working
 * memory.
 *
 * Writes the states, best first, and their <theta, z>; returns how many there are. Equal ones are in the order of the
 * edges.
 */
export function ranking(
  graph: Hypergraph,
  theta: Float64Array,
  m: number,
  z: Float64Array,
  values: Float64Array,
): number {
  const { nodes, elements, first, element, left, right } = graph;
  const weight = new Float64Array(elements + 1);
  weight.set(theta);
  const count = new Int32Array(nodes);
  const worth = new Float64Array(nodes * m);
  const edge = new Int32Array(nodes * m);
  const leftRank = new Int32Array(nodes * m);
  const rightRank = new Int32Array(nodes * m);
  count[NOTHING] = 1;
  const candidates = new Candidates(graph.degree + 2 * m);

  for (let v = 1; v < nodes; v++) {
    candidates.clear();
    const offer = (e: number, i: number, j: number): void => {
      if (i >= count[left[e]!]! || j >= count[right[e]!]!) return;
      const value = weight[element[e]!]! + worth[left[e]! * m + i]! + worth[right[e]! * m + j]!;
      if (value > -Infinity) candidates.push(value, e, i, j);
    };
    for (let e = first[v]!; e < first[v + 1]!; e++) offer(e, 0, 0);
    while (candidates.length > 0 && count[v]! < m) {
      const at = v * m + count[v]!++;
      const { value, e, i, j } = candidates.pop();
      worth[at] = value;
      edge[at] = e;
      leftRank[at] = i;
      rightRank[at] = j;
      offer(e, i, j + 1);
      // The left rank grows only where the right rank is 0, so every pair is offered once.
      if (j === 0) offer(e, i + 1, 0);
    }
  }

  const root = nodes - 1;
  const mark = (v: number, rank: number, state: Float64Array): void => {
    const pending: [number, number][] = [[v, rank]];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const [node, nodeRank] = next;
      if (node === NOTHING) continue;
      const at = node * m + nodeRank;
      const e = edge[at]!;
      if (element[e]! < elements) state[element[e]!] = 1;
      pending.push([right[e]!, rightRank[at]!], [left[e]!, leftRank[at]!]);
    }
  };
  z.fill(0);
  for (let j = 0; j < count[root]!; j++) {
    values[j] = worth[root * m + j]!;
    mark(root, j, z.subarray(j * elements, (j + 1) * elements));
  }
  return count[root]!;
}

interface Candidate {
  readonly value: number;
  readonly e: number;
  readonly i: number;
  readonly j: number;
}

/** A binary heap with the largest value on top, and the first edge among equals. */
class Candidates {
  readonly #heap: Candidate[];
  length = 0;

  constructor(capacity: number) {
    this.#heap = new Array<Candidate>(capacity);
  }

  clear(): void {
    this.length = 0;
  }

  push(value: number, e: number, i: number, j: number): void {
    const candidate = { value, e, i, j };
    let at = this.length++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(candidate, this.#heap[parent]!)) break;
      this.#heap[at] = this.#heap[parent]!;
      at = parent;
    }
    this.#heap[at] = candidate;
  }

  pop(): Candidate {
    const top = this.#heap[0]!;
    const last = this.#heap[--this.length]!;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.length) break;
      if (child + 1 < this.length && before(this.#heap[child + 1]!, this.#heap[child]!)) child++;
      if (!before(this.#heap[child]!, last)) break;
      this.#heap[at] = this.#heap[child]!;
      at = child;
    }
    this.#heap[at] = last;
    return top;
  }
}

function before(a: Candidate, b: Candidate): boolean {
  if (a.value !== b.value) return a.value > b.value;
  if (a.e !== b.e) return a.e < b.e;
  return a.i !== b.i ? a.i < b.i : a.j < b.j;
}
