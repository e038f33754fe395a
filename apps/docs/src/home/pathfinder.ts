import { fillGumbel, foldIn, key } from '@aimle/random';
import { bogMap } from '../playgrounds/shortest-path/bogMap.js';
import {
  CELLS,
  drawPairs,
  kinds,
  type Pairs,
  paths,
  trueCosts,
} from '../playgrounds/shortest-path/terrain.js';

const ends: Pairs = { from: [0], to: [CELLS - 1] };
const batch = 4;
const [lambda, rate, width, minCost] = [4, 0.03, 0.3, 0.3];

/** A layer that learns what four kinds of ground cost from shortest paths alone, as the first page shows it. */
export interface Pathfinder {
  readonly step: number;
  /** What each kind is taken to cost. */
  readonly costs: readonly number[];
  /** The path from one corner to the other that these costs make the cheapest: one for each cell on it. */
  readonly path: Float32Array;
  /** How much more that path truly costs than the cheapest: 0.1 is a tenth. */
  readonly regret: number;
}

export const map = bogMap();
const truth = trueCosts(map);
export const cheapest = paths(truth, ends);

/** Nothing is known: all kinds cost the same. */
export function untrained(): Pathfinder {
  return finder(
    0,
    kinds.map(() => 3),
  );
}

/**
 * One step of IMLE: paths for noisy costs, paths for the same costs pushed towards the true paths, and the costs moved by
 * the difference of the two over lambda.
 */
export function learn({ step, costs }: Pathfinder): Pathfinder {
  const pairs = drawPairs(foldIn(key(21), step), batch);
  const wanted = paths(truth, pairs);
  const noise = new Float32Array(CELLS);
  fillGumbel(foldIn(key(22), step), noise);
  const noisy = Float32Array.from(map, (kind, cell) =>
    Math.max(minCost, costs[kind]! + width * noise[cell]!),
  );
  const found = paths(noisy, pairs);
  const difference = kinds.map(() => 0);
  for (let row = 0; row < batch; row++) {
    const at = row * CELLS;
    const pushed = noisy.map((cost, cell) => Math.max(minCost, cost + lambda * (1 - 2 * wanted[at + cell]!)));
    const pair = { from: [pairs.from[row]!], to: [pairs.to[row]!] };
    paths(pushed, pair).forEach((one, cell) => {
      difference[map[cell]!]! += (one - found[at + cell]!) / lambda;
    });
  }
  return finder(
    step + 1,
    costs.map((cost, kind) => Math.max(minCost, cost - rate * difference[kind]!)),
  );
}

function finder(step: number, costs: readonly number[]): Pathfinder {
  const path = paths(
    Float32Array.from(map, (kind) => costs[kind]!),
    ends,
  );
  const price = (z: Float32Array): number => z.reduce((sum, one, cell) => sum + one * truth[cell]!, 0);
  return { step, costs, path, regret: price(path) / price(cheapest) - 1 };
}
