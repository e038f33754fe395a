import type { Incidence } from '../graph/incidence.js';
import type { ToGo } from './dijkstra.js';

/**
 * Computes the values to the target in a graph without cycles, for costs of any sign: each vertex after all that it
 * leads to.
 */
export function sweep(
  solver: string,
  vertices: number,
  ends: Int32Array,
  { first, arcs }: Incidence,
  costs: Float64Array,
): ToGo {
  const order = topologicalOrder(solver, vertices, ends, { first, arcs });
  const cost = new Float64Array(vertices);
  const steps = new Int32Array(vertices);
  return {
    cost,
    steps,
    find(_start, target) {
      cost.fill(Infinity);
      cost[target] = 0;
      steps[target] = 0;
      for (let i = vertices - 1; i >= 0; i--) {
        const vertex = order[i]!;
        if (vertex === target) continue;
        let best = Infinity;
        let minSteps = 0;
        for (let j = first[vertex]!; j < first[vertex + 1]!; j++) {
          const arc = arcs[j]!;
          const next = ends[arc ^ 1]!;
          const offer = costs[arc >> 1]! + cost[next]!;
          if (offer < best || (offer === best && offer < Infinity && steps[next]! + 1 < minSteps)) {
            best = offer;
            minSteps = steps[next]! + 1;
          }
        }
        cost[vertex] = best;
        steps[vertex] = minSteps;
      }
    },
  };
}

function topologicalOrder(
  solver: string,
  vertices: number,
  ends: Int32Array,
  { first, arcs }: Incidence,
): Int32Array {
  const waiting = new Int32Array(vertices); // how many edges still lead here from vertices not in the order
  for (const arc of arcs) waiting[ends[arc ^ 1]!]!++;
  const order = new Int32Array(vertices);
  let ordered = 0;
  for (let v = 0; v < vertices; v++) if (waiting[v] === 0) order[ordered++] = v;
  for (let i = 0; i < ordered; i++) {
    const vertex = order[i]!;
    for (let j = first[vertex]!; j < first[vertex + 1]!; j++) {
      const next = ends[arcs[j]! ^ 1]!;
      waiting[next]!--;
      if (waiting[next] === 0) order[ordered++] = next;
    }
  }
  if (ordered < vertices) {
    const vertex = onCycle(vertices, ends, arcs, waiting);
    throw new RangeError(
      `${solver}: edges must not have a directed cycle if acyclic is declared, got one through vertex ${vertex}; ` +
        'leave acyclic out for costs of at least 0',
    );
  }
  return order;
}

/** Each waiting vertex waits for another one that waits, so walking back from one to the next ends in a cycle. */
function onCycle(vertices: number, ends: Int32Array, arcs: Int32Array, waiting: Int32Array): number {
  const before = new Int32Array(vertices);
  for (const arc of arcs) if (waiting[ends[arc]!]! > 0) before[ends[arc ^ 1]!] = ends[arc]!;
  let vertex = waiting.findIndex((count) => count > 0);
  for (let step = 0; step < vertices; step++) vertex = before[vertex]!;
  return vertex;
}
