/** Edmonds' algorithm on a matrix: fill `weights` (child by parent, row by row), then call `parents`. */
export interface Contraction {
  /** weights[child * vertices + parent]; -Infinity forbids. Overwritten by `parents`; the diagonal is ignored. */
  readonly weights: Float64Array;
  /** The parent of each vertex in the best tree, `vertices` for the root's; undefined where there is no tree. */
  parents(): Int32Array | undefined;
}

/**
 * Builds the search for the maximum spanning arborescence by contraction, in O(vertices^2).
 *
 * From any vertex it walks backward along best incoming edges. A cycle is contracted into one node, and each of its
 * incoming edges is charged with the cycle edge that it would replace. A walk that reaches a finished node is finished.
 * At the end the nodes are expanded, last one first. A contraction of k nodes costs O(k * vertices) and leaves k - 1
 * fewer, which sums to the bound.
 *
 * A free root is modelled by an edge from nowhere into each vertex, worth less than any sum of other edges: a node
 * takes it only if it has no other incoming edge. These edges are kept outside the matrix, so no large number costs
 * precision.
 */
export function contraction(vertices: number, root: number | undefined): Contraction {
  const nodes = 2 * vertices; // the vertices, then the contracted ones as they come
  const nowhere = vertices;
  const weights = new Float64Array(vertices * vertices);
  // The edge of the user's graph behind each matrix element, parent * vertices + child.
  const behind = new Int32Array(vertices * vertices);
  // A node lives in the matrix in the row and column of one of its vertices, its slot.
  const nodeAt = new Int32Array(vertices);
  const walk = new Int32Array(vertices);
  const state = new Uint8Array(vertices);
  const inWeight = new Float64Array(vertices);
  const rootWeight = new Float64Array(vertices);
  const rootEdge = new Int32Array(vertices);
  const inEdge = new Int32Array(nodes);
  const container = new Int32Array(nodes);
  const parentOf = new Int32Array(vertices);
  const [fresh, walked, finished, gone] = [0, 1, 2, 3];

  function reset(): void {
    for (let child = 0; child < vertices; child++) {
      weights[child * vertices + child] = -Infinity;
      for (let parent = 0; parent < vertices; parent++) {
        behind[child * vertices + parent] = parent * vertices + child;
      }
      nodeAt[child] = child;
      rootWeight[child] = 0;
      rootEdge[child] = nowhere * vertices + child;
    }
    state.fill(fresh);
    if (root !== undefined) {
      state[root] = finished;
      inEdge[root] = nowhere * vertices + root;
    }
  }

  /** The slot that the best edge into a slot comes from, or -1. */
  function bestInto(slot: number): number {
    const row = slot * vertices;
    let best = -Infinity;
    let source = -1;
    for (let from = 0; from < vertices; from++) {
      const weight = weights[row + from]!;
      if (weight > best) {
        best = weight;
        source = from;
      }
    }
    inWeight[slot] = best;
    return source;
  }

  /** Makes the nodes at walk[from..to] one node, at the slot walk[from]. */
  function contract(from: number, to: number, node: number): void {
    const slot = walk[from]!;
    const row = slot * vertices;
    for (let i = from; i <= to; i++) container[nodeAt[walk[i]!]!] = node;
    const own = inWeight[slot]!;
    rootWeight[slot]! -= own;
    for (let other = 0; other < vertices; other++) weights[row + other]! -= own;
    for (let i = from + 1; i <= to; i++) {
      const member = walk[i]!;
      const memberRow = member * vertices;
      const charge = inWeight[member]!;
      if (rootWeight[member]! - charge > rootWeight[slot]!) {
        rootWeight[slot] = rootWeight[member]! - charge;
        rootEdge[slot] = rootEdge[member]!;
      }
      for (let other = 0; other < vertices; other++) {
        const into = weights[memberRow + other]! - charge;
        if (into > weights[row + other]!) {
          weights[row + other] = into;
          behind[row + other] = behind[memberRow + other]!;
        }
        const column = other * vertices;
        if (weights[column + member]! > weights[column + slot]!) {
          weights[column + slot] = weights[column + member]!;
          behind[column + slot] = behind[column + member]!;
        }
        weights[column + member] = -Infinity;
      }
      state[member] = gone;
    }
    for (let i = from; i <= to; i++) weights[row + walk[i]!] = -Infinity;
    nodeAt[slot] = node;
  }

  /** Gives each contracted node's edge to the member that it enters. */
  function unfold(made: number): void {
    for (let node = made - 1; node >= vertices; node--) {
      const edge = inEdge[node]!;
      let member = edge % vertices;
      while (container[member] !== node) member = container[member]!;
      inEdge[member] = edge;
    }
    for (let v = 0; v < vertices; v++) parentOf[v] = Math.floor(inEdge[v]! / vertices);
  }

  function parents(): Int32Array | undefined {
    reset();
    let made = vertices;
    let rooted = root !== undefined;
    for (let start = 0; start < vertices; start++) {
      if (state[start] !== fresh) continue;
      let length = 0;
      let slot = start;
      for (;;) {
        if (state[slot] === fresh) {
          state[slot] = walked;
          walk[length++] = slot;
        }
        const source = bestInto(slot);
        if (source < 0) {
          if (rooted) return undefined;
          rooted = true;
          inEdge[nodeAt[slot]!] = rootEdge[slot]!;
          break;
        }
        inEdge[nodeAt[slot]!] = behind[slot * vertices + source]!;
        if (state[source] === finished) break;
        if (state[source] === fresh) slot = source;
        else {
          let from = length - 1;
          while (walk[from] !== source) from--;
          contract(from, length - 1, made++);
          length = from + 1;
          slot = source;
        }
      }
      for (let i = 0; i < length; i++) state[walk[i]!] = finished;
    }
    unfold(made);
    return parentOf;
  }

  return { weights, parents };
}
