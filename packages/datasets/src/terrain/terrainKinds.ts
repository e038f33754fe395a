/** A kind of terrain: its name, what a cell of it costs, and how it is drawn. */
export interface TerrainKind {
  readonly name: string;
  readonly cost: number;
  /** Red, green and blue in plain daylight, 0 to 255. */
  readonly colour: readonly [number, number, number];
  /** How much lighter (above 0) or darker a pixel of its texture is, of the colour's own brightness. */
  readonly texture: (x: number, y: number) => number;
}

/**
 * The kinds of terrain that {@link generateTerrain} draws. A day's light changes their colours from map to map.
 *
 * @example
 * ```ts
 * import { terrainKinds } from '@aimle/datasets';
 *
 * terrainKinds.map(({ cost }) => cost) // => [8, 2, 1, 4, 9.5]
 * ```
 */
export const terrainKinds: readonly TerrainKind[] = [
  {
    name: 'water',
    cost: 8,
    colour: [58, 104, 168],
    texture: (x, y) => 0.12 * Math.sin(1.6 * y + Math.sin(0.5 * x)),
  },
  {
    name: 'sand',
    cost: 2,
    colour: [205, 184, 132],
    texture: (x, y) => ((3 * x + 5 * y) % 7 === 0 ? -0.12 : 0),
  },
  {
    name: 'meadow',
    cost: 1,
    colour: [126, 168, 82],
    texture: (x, y) => ((5 * x + 3 * y) % 11 < 2 ? 0.1 : 0),
  },
  {
    name: 'forest',
    cost: 4,
    colour: [62, 112, 58],
    texture: (x, y) =>
      ((x % 4) - 1.5) ** 2 + (((y + 2 * (Math.floor(x / 4) % 2)) % 4) - 1.5) ** 2 < 2 ? 0.15 : -0.3,
  },
  { name: 'rock', cost: 9.5, colour: [142, 134, 126], texture: (x, y) => ((x + y) % 6 < 2 ? -0.28 : 0.08) },
];

/** The kind of a cell, as its place in {@link terrainKinds}, by height and wetness in standard deviations. */
export function kindAt(height: number, wetness: number): number {
  if (height < -0.75) return 0;
  if (height < -0.45) return 1;
  if (height > 0.85) return 4;
  return wetness > 0.25 ? 3 : 2;
}
