import { fillNormal, fillUniform, foldIn, type Key } from '@aimle/random';
import { gridPath } from '@aimle/solvers';

export const SIDE = 12;
export const CELLS = SIDE * SIDE;

/** What a cell can be: what a step on it truly costs, and its colour before the light plays on it (red, green, blue). */
export const kinds = [
  { name: 'meadow', cost: 1, colour: [0.7, 0.82, 0.42] },
  { name: 'forest', cost: 2.5, colour: [0.25, 0.47, 0.29] },
  { name: 'bog', cost: 5, colour: [0.43, 0.37, 0.6] },
  { name: 'rock', cost: 9, colour: [0.8, 0.76, 0.72] },
] as const;

/** A map: the kind of every cell, and what the model sees of it. */
export interface Terrain {
  readonly kinds: Uint8Array;
  /** Three numbers a cell: its colour, no two cells of a kind alike. */
  readonly colours: Float32Array;
}

/** How uneven the light is, and how uneven each of the three colours: standard deviations. */
const UNEVEN = { light: 0.05, colour: 0.015 };

/** The colours of a map; a cell keeps its own brightness when it is painted over. */
export function terrainOf(map: Uint8Array, light: Key): Terrain {
  const drawn = new Float32Array(4 * CELLS);
  fillNormal(light, drawn);
  const colours = Float32Array.from({ length: 3 * CELLS }, (_, i) => {
    const cell = Math.floor(i / 3);
    const base = kinds[map[cell]!]!.colour[i % 3]!;
    const seen = base + UNEVEN.light * drawn[cell]! + UNEVEN.colour * drawn[CELLS + i]!;
    return Math.min(1, Math.max(0, seen));
  });
  return { kinds: map, colours };
}

/** A map of patches: each cell is of the kind of the nearest of a few seeds. */
export function randomMap(key: Key): Uint8Array {
  const seeds = 26;
  const places = new Float32Array(3 * seeds);
  fillUniform(foldIn(key, 'places'), places);
  return Uint8Array.from({ length: CELLS }, (_, cell) => {
    const [row, column] = [Math.floor(cell / SIDE), cell % SIDE];
    let nearest = Infinity;
    let kind = 0;
    for (let s = 0; s < seeds; s++) {
      const distance = Math.hypot(
        places[3 * s]! * SIDE - row - 0.5,
        places[3 * s + 1]! * SIDE - column - 0.5,
      );
      if (distance < nearest) {
        nearest = distance;
        kind = Math.min(kinds.length - 1, Math.floor(places[3 * s + 2]! * kinds.length));
      }
    }
    return kind;
  });
}

export function trueCosts(map: Uint8Array): Float32Array {
  return Float32Array.from(map, (kind) => kinds[kind]!.cost);
}

export interface Pairs {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Pairs of different cells, drawn evenly. */
export function drawPairs(key: Key, count: number): Pairs {
  const drawn = new Float32Array(2 * count);
  fillUniform(key, drawn);
  const cell = (share: number, among: number): number => Math.min(among - 1, Math.floor(share * among));
  const from = Array.from({ length: count }, (_, i) => cell(drawn[2 * i]!, CELLS));
  const to = from.map((start, i) => (start + 1 + cell(drawn[2 * i + 1]!, CELLS - 1)) % CELLS);
  return { from, to };
}

const solver = gridPath({ height: SIDE, width: SIDE, from: 'context', to: 'context' });

/** The cheapest paths for costs that all pairs share, one row per pair. */
export function paths(costs: Float32Array, pairs: Pairs): Float32Array {
  const rows = pairs.from.length;
  const theta = new Float32Array(rows * CELLS);
  for (let row = 0; row < rows; row++) theta.set(costs, row * CELLS);
  const z = new Float32Array(rows * CELLS);
  solver.solve(theta, z, rows, { from: pairs.from, to: pairs.to });
  return z;
}

/** The quality of paths that were found with other costs than the true ones. */
export interface Score {
  /** How much more they cost than the best, under the true costs: 0.1 is a tenth. */
  readonly regret: number;
  /** The fraction of paths that cost no more than the best. */
  readonly right: number;
}

export function scoreOf(found: Float32Array, best: Float32Array, truth: Float32Array): Score {
  const rows = found.length / CELLS;
  let regret = 0;
  let right = 0;
  for (let row = 0; row < rows; row++) {
    let paid = 0;
    let cheapest = 0;
    for (let cell = 0; cell < CELLS; cell++) {
      paid += found[row * CELLS + cell]! * truth[cell]!;
      cheapest += best[row * CELLS + cell]! * truth[cell]!;
    }
    regret += (paid / cheapest - 1) / rows;
    if (paid <= cheapest + 1e-6) right += 1 / rows;
  }
  return { regret, right };
}
