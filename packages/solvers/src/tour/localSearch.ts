import { pairIndex } from '../graph/edges.js';
import { cycle } from './cycle.js';
import { addGain } from './edgeExchange.js';
import { exactSum } from './exactSum.js';
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
 * What a masked edge costs: more than 10,000 edges of any single-precision cost. The sums are exact, so the true costs
 * beside it still count.
 */
const maskPrice = 2 ** 200;

/**
 * Finds a good tour: nearest neighbour, improved by moves, then disturbed and improved again, unless that makes it
 * worse.
 */
export function localSearch(vertices: number, costs: Float64Array): FindTour {
  const around = cycle(vertices);
  const { tour } = around;
  const lists = nearest(vertices, costs);
  const gained = exactSum();
  const improve = improver(vertices, costs, lists.of, lists.count, around, gained);
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
  function disturb(position: number, first: number, second: number): void {
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
    addGain(
      gained,
      cost(before, head),
      cost(tail, nextHead),
      cost(nextTail, after),
      cost(before, nextHead),
      cost(nextTail, head),
      cost(tail, after),
    );
  }

  return () => {
    for (let edge = 0; edge < costs.length; edge++) if (costs[edge] === Infinity) costs[edge] = maskPrice;
    lists.find();
    nearestNeighbour();
    for (let v = 0; v < vertices; v++) improve.look(v);
    improve.run();
    kept.set(tour);
    random = seed;
    for (let round = roundsPerVertex * vertices; round > 0; round--) {
      gained.clear();
      disturb(draw(vertices), 1 + draw(run), 1 + draw(run));
      improve.run();
      if (gained.sign() >= 0) kept.set(tour);
      else {
        tour.set(kept);
        around.index();
      }
    }
    for (let i = 0; i < vertices; i++) {
      if (cost(kept[i]!, kept[(i + 1) % vertices]!) >= maskPrice) return undefined;
    }
    return kept;
  };
}
