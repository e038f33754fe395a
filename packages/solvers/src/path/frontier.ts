/**
 * The vertices that a search has seen and not yet settled, nearest first: a heap with four children per node, on typed
 * arrays. Nearer means lower cost, and at equal cost fewer steps.
 */
export interface Frontier {
  /** Cost of the best known path from each vertex to the target; Infinity where none is known. */
  readonly cost: Float64Array;
  /** Its number of steps. */
  readonly steps: Int32Array;
  /** Forgets all vertices. */
  clear(): void;
  /** Offers a path from a vertex; kept if it is nearer than the one known. */
  offer(vertex: number, cost: number, steps: number): void;
  /** Takes out the nearest vertex; -1 when none is left. */
  settle(): number;
}

export function frontier(vertices: number): Frontier {
  const cost = new Float64Array(vertices);
  const steps = new Int32Array(vertices);
  const heap = new Int32Array(vertices);
  // A copy of the costs in heap order, so that comparisons read neighbouring memory.
  const heapCost = new Float64Array(vertices);
  const place = new Int32Array(vertices);
  let held = 0;

  function put(vertex: number, vertexCost: number, at: number): void {
    heap[at] = vertex;
    heapCost[at] = vertexCost;
    place[vertex] = at;
  }

  function rise(vertex: number, vertexCost: number, vertexSteps: number, from: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 2;
      const aboveCost = heapCost[above]!;
      const aboveVertex = heap[above]!;
      if (aboveCost < vertexCost || (aboveCost === vertexCost && steps[aboveVertex]! <= vertexSteps)) break;
      put(aboveVertex, aboveCost, at);
      at = above;
    }
    put(vertex, vertexCost, at);
  }

  function sink(vertex: number): void {
    const vertexCost = cost[vertex]!;
    const vertexSteps = steps[vertex]!;
    let at = 0;
    for (;;) {
      const first = 4 * at + 1;
      if (first >= held) break;
      const end = Math.min(first + 4, held);
      let best = first;
      let bestCost = heapCost[first]!;
      for (let child = first + 1; child < end; child++) {
        const childCost = heapCost[child]!;
        if (childCost < bestCost || (childCost === bestCost && steps[heap[child]!]! < steps[heap[best]!]!)) {
          best = child;
          bestCost = childCost;
        }
      }
      const bestVertex = heap[best]!;
      if (vertexCost < bestCost || (vertexCost === bestCost && vertexSteps <= steps[bestVertex]!)) break;
      put(bestVertex, bestCost, at);
      at = best;
    }
    put(vertex, vertexCost, at);
  }

  return {
    cost,
    steps,
    clear() {
      held = 0;
      cost.fill(Infinity);
      steps.fill(0);
    },
    offer(vertex, newCost, newSteps) {
      const known = cost[vertex]!;
      // An infinite cost means no path, and never passes this line, because unknown vertices have 0 steps.
      if (newCost > known || (newCost === known && newSteps >= steps[vertex]!)) return;
      cost[vertex] = newCost;
      steps[vertex] = newSteps;
      // Costs are not negative, so a settled vertex is never offered a nearer path.
      rise(vertex, newCost, newSteps, known === Infinity ? held++ : place[vertex]!);
    },
    settle() {
      if (held === 0) return -1;
      const nearest = heap[0]!;
      held--;
      if (held > 0) sink(heap[held]!);
      return nearest;
    },
  };
}
