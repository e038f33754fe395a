import { pairIndex } from '../graph/edges.js';
import type { Cycle } from './cycle.js';

/** Improves a tour by small moves around listed vertices. */
export interface Improver {
  /** Adds a vertex to the list. */
  look(vertex: number): void;
  /** Makes moves until the list is empty; returns how much cheaper the tour has become. */
  run(): number;
}

/** The longest run of vertices that an Or-opt move relocates. */
const longestRun = 3;

export function improver(
  vertices: number,
  costs: Float64Array,
  nearest: Int32Array,
  count: number,
  { step, distance, exchange }: Cycle,
): Improver {
  // A ring: each vertex is on it once at most.
  const ring = new Int32Array(vertices);
  const listed = new Uint8Array(vertices);
  let head = 0;
  let held = 0;

  function look(vertex: number): void {
    if (listed[vertex] === 1) return;
    listed[vertex] = 1;
    ring[(head + held++) % vertices] = vertex;
  }

  function cost(a: number, b: number): number {
    return costs[pairIndex(vertices, a, b)]!;
  }

  /** Larger than any apparent gain from rounding, so that moves cannot repeat in a cycle. */
  function isGain(gain: number, scale: number): boolean {
    return gain > 1e-12 * Math.abs(scale);
  }

  /** 2-opt: joins `a` to a near `c` and what followed the two to each other. */
  function reconnect(a: number, direction: 1 | -1): number {
    const b = step(a, direction);
    const paid = cost(a, b);
    for (let k = a * count; k < (a + 1) * count; k++) {
      const c = nearest[k]!;
      const near = cost(a, c);
      if (near >= paid) return 0;
      const d = step(c, direction);
      const removed = paid + cost(c, d);
      const added = near + cost(b, d);
      if (isGain(removed - added, Math.abs(removed) + Math.abs(added))) {
        exchange(a, b, c, d);
        look(a);
        look(b);
        look(c);
        look(d);
        return removed - added;
      }
    }
    return 0;
  }

  /** Or-opt: carries the run of `length` vertices that starts at `a` next to a near `c`. */
  function carry(a: number, direction: 1 | -1, length: number): number {
    const last = step(a, direction * (length - 1));
    const before = step(a, -direction);
    const after = step(last, direction);
    const removed = cost(before, a) + cost(last, after);
    const closed = cost(before, after);
    for (let k = a * count; k < (a + 1) * count; k++) {
      const c = nearest[k]!;
      const near = cost(a, c);
      if (near >= removed - closed) return 0;
      if (inRun(c, a, direction, length)) continue;
      for (let side = -1; side <= 1; side += 2) {
        const e = step(c, side * direction);
        if (inRun(e, a, direction, length)) continue;
        const out = removed + cost(c, e);
        const into = closed + near + cost(last, e);
        if (!isGain(out - into, Math.abs(out) + Math.abs(into))) continue;
        if (side === 1) {
          // The run keeps its direction, which takes one reversal more: of the run itself.
          exchange(before, a, last, after);
          exchange(before, last, c, e);
          exchange(before, c, after, a);
        } else {
          exchange(before, a, e, c);
          exchange(before, e, after, last);
        }
        look(a);
        look(last);
        look(before);
        look(after);
        look(c);
        look(e);
        return out - into;
      }
    }
    return 0;
  }

  function inRun(vertex: number, a: number, direction: 1 | -1, length: number): boolean {
    return (direction === 1 ? distance(a, vertex) : distance(vertex, a)) < length;
  }

  function improveAt(a: number): number {
    for (let direction: 1 | -1 = 1; ; direction = -1) {
      let gain = reconnect(a, direction);
      for (let length = 1; gain === 0 && length <= longestRun; length++) gain = carry(a, direction, length);
      if (gain !== 0 || direction === -1) return gain;
    }
  }

  return {
    look,
    run() {
      let total = 0;
      while (held > 0) {
        const vertex = ring[head]!;
        head = (head + 1) % vertices;
        held--;
        listed[vertex] = 0;
        total += improveAt(vertex);
      }
      return total;
    },
  };
}
