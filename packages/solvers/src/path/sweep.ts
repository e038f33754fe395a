import type { Incidence } from '../graph/incidence.js';
import type { ToGo } from './dijkstra.js';

/**
 * Computes the values to the target in a graph without cycles, for costs of any sign: each vertex after all that it
 * leads to. Arcs are stored in that order, so that the sweep reads memory from one end to the other.
 */
export function sweep(
  solver: string,
  vertices: number,
  ends: Int32Array,
  leaving: Incidence,
  sign: 1 | -1,
): ToGo {
  const table = inOrder(topologicalOrder(solver, vertices, ends, leaving).reverse(), leaving, ends);
  const cost = new Float64Array(vertices);
  const steps = new Int32Array(vertices);
  return {
    cost,
    steps,
    find(theta, offset, _start, target) {
      return relax(table, sign, cost, steps, theta, offset, target);
    },
  };
}

/** Arrays come as parameters: V8 reads variables of an outer function anew in each iteration, at half the speed. */
function relax(
  { order, last, edges, heads }: ArcTable,
  sign: 1 | -1,
  cost: Float64Array,
  steps: Int32Array,
  theta: Float32Array,
  offset: number,
  target: number,
): boolean {
  let at = 0;
  for (let i = 0; i < order.length; i++) {
    const vertex = order[i]!;
    const end = last[i]!;
    let best = Infinity;
    let bestHead = -1;
    for (; at < end; at++) {
      const own = sign * theta[offset + edges[at]!]!;
      if (!(own > -Infinity)) return false;
      const head = heads[at]!;
      const offer = own + cost[head]!;
      if (offer < best || (offer === best && bestHead >= 0 && steps[head]! < steps[bestHead]!)) {
        best = offer;
        bestHead = head;
      }
    }
    cost[vertex] = vertex === target ? 0 : best;
    steps[vertex] = vertex === target || bestHead < 0 ? 0 : steps[bestHead]! + 1;
  }
  return true;
}

/** The arcs that leave each vertex, for the vertices in an order: those of order[i] end before last[i]. */
interface ArcTable {
  readonly order: Int32Array;
  readonly last: Int32Array;
  readonly edges: Int32Array;
  readonly heads: Int32Array;
}

function inOrder(order: Int32Array, { first, arcs }: Incidence, ends: Int32Array): ArcTable {
  const last = new Int32Array(order.length);
  const edges = new Int32Array(arcs.length);
  const heads = new Int32Array(arcs.length);
  let at = 0;
  for (let i = 0; i < order.length; i++) {
    const vertex = order[i]!;
    for (let j = first[vertex]!; j < first[vertex + 1]!; j++) {
      edges[at] = arcs[j]! >> 1;
      heads[at++] = ends[arcs[j]! ^ 1]!;
    }
    last[i] = at;
  }
  return { order, last, edges, heads };
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
