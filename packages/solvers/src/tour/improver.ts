import { pairIndex } from '../graph/edges.js';
import type { Cycle } from './cycle.js';
import { addGain, isGain, rounding } from './edgeExchange.js';
import type { ExactSum } from './exactSum.js';

/** Improves a tour by small moves around listed vertices. */
export interface Improver {
  /** Adds a vertex to the list. */
  look(vertex: number): void;
  /** Makes moves until the list is empty, and adds their gains to `gained`. */
  run(): void;
}

/** The longest run of vertices that an Or-opt move relocates. */
const longestRun = 3;
/** Every move is a gain, so moves end by themselves, but a hostile instance might take exponentially many. */
const movesPerVertex = 100;

export function improver(
  vertices: number,
  costs: Float64Array,
  nearest: Int32Array,
  count: number,
  { step, distance, exchange }: Cycle,
  gained: ExactSum,
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

  /** 2-opt: joins `a` to a near `c` and what followed the two to each other. */
  function reconnect(a: number, direction: 1 | -1): boolean {
    const b = step(a, direction);
    const paid = cost(a, b);
    for (let k = a * count; k < (a + 1) * count; k++) {
      const c = nearest[k]!;
      const near = cost(a, c);
      if (near >= paid) return false;
      const d = step(c, direction);
      if (d === a) continue; // the edges share a vertex: they are what would replace them
      const further = cost(c, d);
      const joined = cost(b, d);
      if (isGain(paid, further, 0, near, joined, 0)) {
        addGain(gained, paid, further, 0, near, joined, 0);
        exchange(a, b, c, d);
        look(a);
        look(b);
        look(c);
        look(d);
        return true;
      }
    }
    return false;
  }

  /** Or-opt: carries the run of `length` vertices that starts at `a` next to a near `c`. */
  function carry(a: number, direction: 1 | -1, length: number): boolean {
    const last = step(a, direction * (length - 1));
    const before = step(a, -direction);
    const after = step(last, direction);
    const entry = cost(before, a);
    const exit = cost(last, after);
    const closed = cost(before, after);
    const spare = entry + exit - closed;
    const surely = spare + rounding * (Math.abs(entry) + Math.abs(exit) + Math.abs(closed));
    for (let k = a * count; k < (a + 1) * count; k++) {
      const c = nearest[k]!;
      const near = cost(a, c);
      if (near > surely) return false;
      if (inRun(c, a, direction, length)) continue;
      for (let side = -1; side <= 1; side += 2) {
        const e = step(c, side * direction);
        if (inRun(e, a, direction, length)) continue;
        const opened = cost(c, e);
        const joined = cost(last, e);
        if (!isGain(entry, exit, opened, closed, near, joined)) continue;
        addGain(gained, entry, exit, opened, closed, near, joined);
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
        return true;
      }
    }
    return false;
  }

  function inRun(vertex: number, a: number, direction: 1 | -1, length: number): boolean {
    return (direction === 1 ? distance(a, vertex) : distance(vertex, a)) < length;
  }

  function improveAt(a: number): boolean {
    for (let direction: 1 | -1 = 1; ; direction = -1) {
      let moved = reconnect(a, direction);
      for (let length = 1; !moved && length <= longestRun; length++) moved = carry(a, direction, length);
      if (moved || direction === -1) return moved;
    }
  }

  return {
    look,
    run() {
      for (let moves = movesPerVertex * vertices; held > 0; ) {
        const vertex = ring[head]!;
        head = (head + 1) % vertices;
        held--;
        listed[vertex] = 0;
        if (moves > 0 && improveAt(vertex)) moves--;
      }
    },
  };
}
