import { incidence } from '../graph/incidence.js';
import { Ring } from './ring.js';

/** The maximum flow from a source to a sink, as far as the minimum cut needs it. */
export interface MaximumFlow {
  /** Finds it for finite capacities of at least 0, one per edge; returns its value. */
  push(capacities: Float64Array): number;
  /**
   * After `push`: whether a vertex is on the source side of the minimum cut, the smallest such side if there are
   * several.
   */
  reaches(vertex: number): boolean;
}

/**
 * Runs the first phase of push-relabel, first in, first out, and recomputes the heights from time to time.
 *
 * It runs backward: it floods the sink and pushes the excess towards the source, against the direction of edges. The
 * vertices that can still reach the source at the end form the smallest source side, and flow that never arrives need
 * not be returned. A push moves all of an excess or fills an arc, to exactly 0 even in floating point, so the bound on
 * the number of pushes holds with rounding.
 */
export function maximumFlow(
  vertices: number,
  ends: Int32Array,
  directed: boolean,
  source: number,
  sink: number,
): MaximumFlow {
  const { first, arcs } = incidence(vertices, ends, 'both');
  const residual = new Float64Array(ends.length); // by arc of the reversed graph; arc ^ 1 is the reverse arc
  const excess = new Float64Array(vertices);
  const height = new Int32Array(vertices);
  const next = new Int32Array(vertices);
  const queue = new Int32Array(vertices);
  /** The vertices with an excess. */
  const active = new Ring(vertices);
  // Steps over arcs since the heights were last computed; computing them takes about as many as this allows.
  let work = 0;
  const workAllowed = 2 * (vertices + arcs.length);

  /** Heights are distances to the source along arcs with capacity left; `vertices` where there is no path. */
  function measure(): void {
    height.fill(vertices);
    height[source] = 0;
    queue[0] = source;
    let reached = 1;
    for (let i = 0; i < reached; i++) {
      const vertex = queue[i]!;
      for (let j = first[vertex]!; j < first[vertex + 1]!; j++) {
        const arc = arcs[j]!;
        const other = ends[arc ^ 1]!;
        if (residual[arc ^ 1]! > 0 && height[other] === vertices && other !== sink) {
          height[other] = height[vertex]! + 1;
          queue[reached++] = other;
        }
      }
    }
    for (let v = 0; v < vertices; v++) next[v] = first[v]!;
    work = 0;
  }

  function move(arc: number, from: number, to: number, amount: number): void {
    residual[arc]! -= amount;
    residual[arc ^ 1]! += amount;
    excess[from]! -= amount;
    excess[to]! += amount;
    if (to !== source && to !== sink) active.add(to);
  }

  /**
   * Pushes a vertex's excess down; raises the vertex where no arc downward has capacity left, until no path is left.
   */
  function discharge(vertex: number): void {
    const end = first[vertex + 1]!;
    while (height[vertex]! < vertices) {
      const below = height[vertex]! - 1;
      let at = next[vertex]!;
      for (; at < end; at++) {
        const arc = arcs[at]!;
        const other = ends[arc ^ 1]!;
        if (residual[arc]! > 0 && height[other] === below) {
          move(arc, vertex, other, Math.min(excess[vertex]!, residual[arc]!));
          if (excess[vertex] === 0) break;
        }
      }
      next[vertex] = at;
      if (excess[vertex] === 0) return;
      raise(vertex);
    }
  }

  function raise(vertex: number): void {
    let lowest = vertices - 1;
    for (let j = first[vertex]!; j < first[vertex + 1]!; j++) {
      const arc = arcs[j]!;
      if (residual[arc]! > 0) lowest = Math.min(lowest, height[ends[arc ^ 1]!]!);
    }
    height[vertex] = lowest + 1;
    next[vertex] = first[vertex]!;
    work += first[vertex + 1]! - first[vertex]! + 12;
  }

  return {
    push(capacities) {
      for (let edge = 0; edge < capacities.length; edge++) {
        residual[2 * edge] = directed ? 0 : capacities[edge]!;
        residual[2 * edge + 1] = capacities[edge]!;
      }
      excess.fill(0);
      measure();
      for (let j = first[sink]!; j < first[sink + 1]!; j++) {
        const arc = arcs[j]!;
        if (residual[arc]! > 0) move(arc, sink, ends[arc ^ 1]!, residual[arc]!);
      }
      while (active.held > 0) {
        discharge(active.take());
        if (work > workAllowed) measure();
      }
      measure();
      return excess[source]!;
    },
    reaches: (vertex) => height[vertex]! < vertices,
  };
}
