import { foldIn, type Key } from '@aimle/random';
import { drawTerrain } from './drawTerrain.js';
import { noiseField } from './noiseField.js';
import { kindAt, terrainKinds } from './terrainKinds.js';
import { CELL_PIXELS, type TerrainMaps } from './terrainMaps.js';

/** Settings of {@link generateTerrain}. */
export interface TerrainOptions {
  /** Number of maps, at least 0. */
  readonly count: number;
  /** Rows of cells, 2 to 100. */
  readonly height: number;
  /** Columns of cells, 2 to 100. */
  readonly width: number;
  /** Chooses the maps: another key, other maps. */
  readonly key: Key;
}

/**
 * Generates terrain maps: pictures of 8 by 8 pixels a cell, and the cost of each cell, any number of them.
 *
 * Two smooth random fields, height and wetness, decide on the kind of each cell: water in the valleys with sand around
 * it, rock on the heights, forest where it is wet, else meadow. A kind's cost is the same on every map; its colour is
 * not, as the light differs from map to map, and texture, ragged borders and grain are drawn over it. So the costs have
 * to be learned from the pictures. They have the layout of the Warcraft maps, but are no such maps: results on the one
 * do not compare with results on the other.
 *
 * Map i depends on (key, i) only: a longer set begins with the shorter one. Cost: about a millisecond a map of 12 by 12.
 *
 * @param options - how many, how large, and the key.
 * @returns the maps, without paths: `gridPath` of @aimle/solvers finds these from the costs.
 * @throws RangeError when a number is out of its range, TypeError when key is not a key.
 *
 * @example
 * ```ts
 * import { generateTerrain } from '@aimle/datasets';
 * import { key } from '@aimle/random';
 *
 * const { pictures, costs } = generateTerrain({ count: 10, height: 12, width: 12, key: key(0) });
 * pictures.length // => 276480
 * new Set(costs).size // => 5
 * ```
 */
export function generateTerrain({ count, height, width, key }: TerrainOptions): TerrainMaps {
  check('count', count, 0, 1e6);
  check('height', height, 2, 100);
  check('width', width, 2, 100);
  const cells = height * width;
  const bytes = cells * CELL_PIXELS ** 2 * 3;
  const pictures = new Uint8Array(count * bytes);
  const costs = new Float32Array(count * cells);
  for (let map = 0; map < count; map++) {
    const own = foldIn(key, map);
    const ground = noiseField(foldIn(own, 'height'), height, width);
    const wetness = noiseField(foldIn(own, 'wetness'), height, width);
    const kinds = Uint8Array.from(ground, (level, cell) => kindAt(level, wetness[cell]!));
    const out = pictures.subarray(map * bytes, (map + 1) * bytes);
    drawTerrain(foldIn(own, 'picture'), kinds, { height, width, out });
    kinds.forEach((kind, cell) => {
      costs[map * cells + cell] = terrainKinds[kind]!.cost;
    });
  }
  const frame = { count, height, width, cellPixels: CELL_PIXELS } as const;
  return { name: 'terrain', source: 'generated', ...frame, pictures, costs, paths: null };
}

function check(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `generateTerrain: ${name} must be an integer in [${least}, ${most}], got ${String(value)}`,
  );
}
