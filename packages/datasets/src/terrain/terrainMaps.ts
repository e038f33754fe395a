/** Pictures of terrain seen from above, divided into square cells, and what it costs to enter each cell. */
export interface TerrainMaps {
  /** What it is, for people. */
  readonly name: string;
  readonly source: 'file' | 'generated';
  /** Number of maps. */
  readonly count: number;
  /** Rows of cells. */
  readonly height: number;
  /** Columns of cells. */
  readonly width: number;
  /** Pixels along a side of a cell. */
  readonly cellPixels: 8;
  /** Red, green and blue, 0 to 255: [count, height * cellPixels, width * cellPixels, 3]. */
  readonly pictures: Uint8Array;
  /** What a cell costs, above 0: [count, height, width]. */
  readonly costs: Float32Array;
  /** The cells of the shortest path from top left to bottom right, as 1: [count, height, width]. Null where not given. */
  readonly paths: Uint8Array | null;
}

/** Pixels along a side of a cell, in the official files and in ours. */
export const CELL_PIXELS = 8;
