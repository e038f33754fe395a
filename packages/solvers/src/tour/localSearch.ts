import { pairIndex } from '../graph/edges.js';
import { cycle } from './cycle.js';
import type { FindTour } from './heldKarp.js';
import { improver } from './improver.js';
import { nearest } from './nearest.js';

/** Rounds of disturbance and repair per vertex; test/travellingSalesman.test.ts measures their effect. */
const roundsPerVertex = 10;
/** The longest run of vertices that a disturbance moves: repairs stay local. */
const longestRun = 30;
/** The same for every instance, so that the answer depends on theta alone. */
const seed = 0x9e3779b9;

/**
 * Finds a good tour: nearest neighbour, improved by moves, then disturbed and improved again, unless that makes it
 * worse.
 */
export function localSearch(vertices: number, costs: Float64Array): FindTour {
  const around = cycle(vertices);
  const { tour } = around;
  const lists = nearest(vertices, costs);
  const improve = improver(vertices, costs, lists.of, lists.count, around);
  const kept = new Int32Array(vertices);
  const waiting = new Uint8Array(vertices);
  const run = Math.min(longestRun, Math.floor(vertices / 3));

  let random = seed;

  /** Marsaglia's xorshift: enough to choose places. */
  function draw(below: number): number {
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    return (random >>> 0) % below;
  }

  function cost(a: number, b: number): number {
    return costs[pairIndex(vertices, a, b)]!;
  }

  function nearestNeighbour(): void {
    waiting.fill(1);
    let vertex = 0;
    for (let i = 0; i < vertices; i++) {
      tour[i] = vertex;
      waiting[vertex] = 0;
      let closest = Infinity;
      let next = -1;
      for (let v = 0; v < vertices; v++) {
        if (waiting[v] === 0) continue;
        const offer = cost(vertex, v);
        if (offer < closest) {
          closest = offer;
          next = v;
        }
      }
      vertex = next;
    }
    around.index();
  }

  /** Swaps two neighbouring runs of the tour, which changes three edges: 2-opt alone cannot undo that. */
  function disturb(position: number, first: number, second: number): number {
    const before = tour[(position + vertices - 1) % vertices]!;
    const head = tour[position]!;
    const tail = tour[(position + first - 1) % vertices]!;
    const nextHead = tour[(position + first) % vertices]!;
    const nextTail = tour[(position + first + second - 1) % vertices]!;
    const after = tour[(position + first + second) % vertices]!;
    around.swap(position, first, second);
    improve.look(before);
    improve.look(head);
    improve.look(tail);
    improve.look(nextHead);
    improve.look(nextTail);
    improve.look(after);
    return (
      cost(before, head) +
      cost(tail, nextHead) +
      cost(nextTail, after) -
      (cost(before, nextHead) + cost(nextTail, head) + cost(tail, after))
    );
  }

  return () => {
    const forbidden = priceMasks(vertices, costs);
    lists.find();
    nearestNeighbour();
    for (let v = 0; v < vertices; v++) improve.look(v);
    improve.run();
    kept.set(tour);
    random = seed;
    for (let round = roundsPerVertex * vertices; round > 0; round--) {
      const gain = disturb(draw(vertices), 1 + draw(run), 1 + draw(run)) + improve.run();
      if (gain >= 0) kept.set(tour);
      else {
        tour.set(kept);
        around.index();
      }
    }
    for (let i = 0; i < vertices; i++) {
      if (cost(kept[i]!, kept[(i + 1) % vertices]!) >= forbidden) return undefined;
    }
    return kept;
  };
}

/**
 * Gives masked edges a price so high that no tour with one can be cheaper than a tour without, so that the search
 * avoids them. Returns the price, or Infinity where nothing is masked.
 */
function priceMasks(vertices: number, costs: Float64Array): number {
  let min = Infinity;
  let max = -Infinity;
  let masked = false;
  for (const cost of costs) {
    if (cost === Infinity) masked = true;
    else {
      if (cost < min) min = cost;
      if (cost > max) max = cost;
    }
  }
  if (!masked) return Infinity;
  const price = max < min ? 1 : max + vertices * (max - min) + 1;
  for (let edge = 0; edge < costs.length; edge++) if (costs[edge] === Infinity) costs[edge] = price;
  return price;
}
