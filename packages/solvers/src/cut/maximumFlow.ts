import { incidence } from '../graph/incidence.js';

/** The greatest flow from a source to a sink. */
export interface MaximumFlow {
  /** Finds it for finite capacities of at least 0, one an edge; returns its value. */
  push(capacities: Float64Array): number;
  /** After `push`: whether a vertex is on the source side of the least cut, the smallest one if there are several. */
  reaches(vertex: number): boolean;
}

/**
 * Dinic's algorithm. Phase by phase, it ranks the vertices by their distance from the source along arcs with capacity
 * left, and blocks all shortest ways at once by a depth-first search that never tries an arc twice. Each push empties an
 * arc to exactly 0 in floating point too, so that distances grow from phase to phase and rounding cannot keep it going.
 */
export function maximumFlow(
  vertices: number,
  ends: Int32Array,
  directed: boolean,
  source: number,
  sink: number,
): MaximumFlow {
  const { first, arcs } = incidence(vertices, ends, 'both');
  const left = new Float64Array(ends.length); // by arc; arc ^ 1 is the way back
  const distance = new Int32Array(vertices);
  const next = new Int32Array(vertices);
  const queue = new Int32Array(vertices);
  const way = new Int32Array(vertices); // arcs from the source to where the search is

  function rank(): boolean {
    distance.fill(-1);
    distance[source] = 0;
    queue[0] = source;
    let reached = 1;
    for (let i = 0; i < reached; i++) {
      const vertex = queue[i]!;
      for (let j = first[vertex]!; j < first[vertex + 1]!; j++) {
        const arc = arcs[j]!;
        const other = ends[arc ^ 1]!;
        if (left[arc]! > 0 && distance[other] === -1) {
          distance[other] = distance[vertex]! + 1;
          queue[reached++] = other;
        }
      }
    }
    return distance[sink] !== -1;
  }

  /** Sends what the way takes; returns the length of the way up to its first arc that is now full. */
  function send(length: number): number {
    let amount = Infinity;
    for (let i = 0; i < length; i++) amount = Math.min(amount, left[way[i]!]!);
    let kept = length;
    for (let i = length - 1; i >= 0; i--) {
      const arc = way[i]!;
      left[arc]! -= amount;
      left[arc ^ 1]! += amount;
      if (left[arc] === 0) kept = i;
    }
    sent += amount;
    return kept;
  }

  let sent = 0;

  function block(): void {
    for (let v = 0; v < vertices; v++) next[v] = first[v]!;
    let vertex = source;
    let length = 0;
    for (;;) {
      if (vertex === sink) {
        length = send(length);
        vertex = ends[way[length]!]!;
      }
      const end = first[vertex + 1]!;
      let at = next[vertex]!;
      while (at < end) {
        const arc = arcs[at]!;
        if (left[arc]! > 0 && distance[ends[arc ^ 1]!] === distance[vertex]! + 1) break;
        at++;
      }
      next[vertex] = at;
      if (at < end) {
        const arc = arcs[at]!;
        way[length++] = arc;
        vertex = ends[arc ^ 1]!;
      } else {
        // A dead end: back, and on to the next arc from there.
        if (length === 0) return;
        vertex = ends[way[--length]!]!;
        next[vertex]!++;
      }
    }
  }

  return {
    push(capacities) {
      for (let edge = 0; edge < capacities.length; edge++) {
        left[2 * edge] = capacities[edge]!;
        left[2 * edge + 1] = directed ? 0 : capacities[edge]!;
      }
      sent = 0;
      while (rank()) block();
      return sent;
    },
    reaches: (vertex) => distance[vertex] !== -1,
  };
}
