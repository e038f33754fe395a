import type { Incidence } from '../graph/incidence.js';
import { frontier } from './frontier.js';

/**
 * Remaining cost and steps to the target from each vertex: valid at least for all vertices on the best path from the
 * start.
 */
export interface ToGo {
  readonly cost: Float64Array;
  /** Steps of the best path; of equally good ones, the fewest. */
  readonly steps: Int32Array;
  /**
   * Looks for paths from `start` to `target`; cost[start] is Infinity where there is none. The costs are the numbers of
   * theta from `offset` on, negated when maximising. False if one of them is not allowed.
   */
  find(theta: Float32Array, offset: number, start: number, target: number): boolean;
}

/**
 * Runs Dijkstra's algorithm backward from the target, for costs that are not negative; stops when it reaches the start.
 */
export function dijkstra(vertices: number, ends: Int32Array, { first, arcs }: Incidence, sign: 1 | -1): ToGo {
  const seen = frontier(vertices);
  const { cost, steps } = seen;
  const size = ends.length / 2;
  const edges = arcs.map((arc) => arc >> 1);
  const tails = arcs.map((arc) => ends[arc ^ 1]!);
  return {
    cost,
    steps,
    find(theta, offset, start, target) {
      // The search does not come to all edges.
      for (let i = offset; i < offset + size; i++) if (!(sign * theta[i]! >= 0)) return false;
      seen.clear();
      seen.offer(target, 0, 0);
      for (let vertex = seen.settle(); vertex >= 0 && vertex !== start; vertex = seen.settle()) {
        const left = cost[vertex]!;
        const further = steps[vertex]! + 1;
        for (let i = first[vertex]!; i < first[vertex + 1]!; i++) {
          seen.offer(tails[i]!, sign * theta[offset + edges[i]!]! + left, further);
        }
      }
      return true;
    },
  };
}
