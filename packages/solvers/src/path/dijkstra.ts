import type { Incidence } from '../graph/incidence.js';
import { frontier } from './frontier.js';
import type { ToGo } from './toGo.js';

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
