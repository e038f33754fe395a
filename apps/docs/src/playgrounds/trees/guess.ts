import type { Spot } from '../../canvas/shapes.js';

/** A reader's guess of the trees: the edges of each recording, and the vertex from which the next edge goes. */
export interface Guess {
  readonly edges: readonly ReadonlySet<number>[];
  readonly from: { readonly recording: number; readonly vertex: number } | null;
}

export function noGuess(recordings: number): Guess {
  return { edges: Array.from({ length: recordings }, () => new Set<number>()), from: null };
}

/** The place of an edge among all pairs of vertices: (0,1), (0,2), ..., (1,2), ... */
export function pairIndex(a: number, b: number, vertices: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  return low * vertices - (low * (low + 1)) / 2 + (high - low - 1);
}

/** A press on a vertex: the first chooses it, the second joins the two, or parts them if they are joined. */
export function pressed(guess: Guess, recording: number, vertex: number, vertices: number): Guess {
  const { from, edges } = guess;
  if (from === null || from.recording !== recording) return { edges, from: { recording, vertex } };
  if (from.vertex === vertex) return { edges, from: null };
  const edge = pairIndex(from.vertex, vertex, vertices);
  const own = new Set(edges[recording]);
  if (!own.delete(edge)) own.add(edge);
  return { edges: edges.map((each, i) => (i === recording ? own : each)), from: null };
}

/** The nearest of some places, if it is near enough for a finger; -1 otherwise. */
export function nearest(places: readonly Spot[], [x, y]: Spot, reach: number): number {
  let best = -1;
  let least = reach;
  places.forEach(([u, v], i) => {
    const distance = Math.hypot(x - u, y - v);
    if (distance < least) [best, least] = [i, distance];
  });
  return best;
}
