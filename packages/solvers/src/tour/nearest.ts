import { pairIndex } from '../graph/edges.js';

/** For each vertex, the few vertices that are cheapest to reach, cheapest first: the moves worth trying. */
export interface Nearest {
  /** How many each vertex has. */
  readonly count: number;
  /** Those of v are of[v * count], ..., of[v * count + count - 1]. */
  readonly of: Int32Array;
  /** Finds them for the current costs. */
  find(): void;
}

export function nearest(vertices: number, costs: Float64Array): Nearest {
  const count = Math.min(10, vertices - 1);
  const of = new Int32Array(vertices * count);
  const held = new Float64Array(count);

  return {
    count,
    of,
    find() {
      for (let v = 0; v < vertices; v++) {
        const start = v * count;
        held.fill(Infinity);
        for (let other = 0; other < vertices; other++) {
          if (other === v) continue;
          const cost = costs[pairIndex(vertices, v, other)]!;
          if (cost >= held[count - 1]!) continue;
          let at = count - 1;
          while (at > 0 && held[at - 1]! > cost) {
            held[at] = held[at - 1]!;
            of[start + at] = of[start + at - 1]!;
            at--;
          }
          held[at] = cost;
          of[start + at] = other;
        }
      }
    },
  };
}
