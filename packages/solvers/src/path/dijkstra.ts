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
  /** Looks for paths from `start` to `target`; cost[start] is Infinity where there is none. */
  find(start: number, target: number): void;
}

/**
 * Runs Dijkstra's algorithm backward from the target, for costs that are not negative; stops when it reaches the start.
 */
export function dijkstra(
  vertices: number,
  ends: Int32Array,
  { first, arcs }: Incidence,
  costs: Float64Array,
): ToGo {
  const seen = frontier(vertices);
  const { cost, steps } = seen;
  return {
    cost,
    steps,
    find(start, target) {
      seen.clear();
      seen.offer(target, 0, 0);
      for (let vertex = seen.settle(); vertex >= 0 && vertex !== start; vertex = seen.settle()) {
        const left = cost[vertex]!;
        const further = steps[vertex]! + 1;
        for (let i = first[vertex]!; i < first[vertex + 1]!; i++) {
          const arc = arcs[i]!;
          seen.offer(ends[arc ^ 1]!, costs[arc >> 1]! + left, further);
        }
      }
    },
  };
}
