import { dataFolder } from '../folder/dataFolder.js';
import { FormatError } from '../format/formatError.js';
import { type NpyArray, readNpy } from '../format/npy.js';
import { CELL_PIXELS, type TerrainMaps } from './terrainMaps.js';

/** Settings of {@link readWarcraftMaps}. */
export interface WarcraftOptions {
  /** The data folder, with the files in `warcraft_shortest_path_oneskin`; {@link dataFolder} if left out. */
  readonly folder?: string;
  /** Cells along a side: the published ones have 12, 18, 24 and 30. */
  readonly size: number;
  readonly split: 'train' | 'val' | 'test';
  /** How many maps at most, the first ones; all if left out. */
  readonly count?: number;
}

/**
 * Reads the Warcraft maps of Vlastelica et al. from the data folder, under their published names: for a size of 12
 * `warcraft_shortest_path_oneskin/12x12/test_maps.npy`, `test_vertex_weights.npy` and `test_shortest_paths.npy`. A file
 * may be in parts, `train_maps_part0.npy`, `train_maps_part1.npy`, ...: as many are read as `count` needs. Node only.
 *
 * @returns the maps, or null where the first file is not there. Nothing is downloaded.
 * @throws FormatError when a file is damaged, is missing beside the others, or has another shape or type; RangeError
 * when fewer maps are there than asked for.
 *
 * @example
 * ```ts
 * import { readWarcraftMaps } from '@aimle/datasets';
 *
 * await readWarcraftMaps({ folder: '/nowhere', size: 12, split: 'test' }) // => null
 * ```
 * @see Vlastelica, Paulus, Musil, Martius, Rolinek 2020, arXiv:1912.02175, section 4.1.
 */
export async function readWarcraftMaps(options: WarcraftOptions): Promise<TerrainMaps | null> {
  const { folder = dataFolder(), size, split, count: wanted } = options;
  const { join } = await import('node:path');
  const place = join(folder, 'warcraft_shortest_path_oneskin', `${size}x${size}`, split);
  const side = size * CELL_PIXELS;
  const maps = await readRows(`${place}_maps`, ['u1'], [side, side, 3], wanted);
  if (maps === null) return null;
  const { count } = maps;
  if (wanted !== undefined && wanted > count) {
    throw new RangeError(`${place}_maps.npy: ${wanted} maps are asked for, and it has ${count}`);
  }
  const beside = async (name: string, dtypes: readonly Dtype[]): Promise<Rows> => {
    const file = `${place}_${name}`;
    const rows = await readRows(file, dtypes, [size, size], count);
    if (rows === null) throw new FormatError(`${file}.npy is missing beside ${place}_maps.npy`);
    if (rows.count === count) return rows;
    throw new FormatError(`${file}.npy: must be of ${count} maps, as ${place}_maps.npy, got ${rows.count}`);
  };
  const costs = joined(await beside('vertex_weights', ['f2', 'f4', 'f8']), Float32Array);
  const paths = joined(await beside('shortest_paths', ['u1', 'bool']), Uint8Array);
  const wrong = costs.findIndex((cost) => !(cost > 0 && cost < Infinity));
  if (wrong >= 0) {
    throw new FormatError(
      `${place}_vertex_weights.npy: costs must be positive, got ${costs[wrong]} at ${wrong}`,
    );
  }
  return {
    name: `Warcraft ${size}x${size} ${split}`,
    source: 'file',
    count,
    height: size,
    width: size,
    cellPixels: CELL_PIXELS,
    pictures: joined(maps, Uint8Array),
    costs,
    paths,
  };
}

type Dtype = NpyArray['dtype'];

/** The first rows of an array, in pieces as they were read. */
interface Rows {
  readonly count: number;
  readonly pieces: readonly ArrayLike<number>[];
}

/** The first `wanted` rows of a file or of its parts, each row of the shape given; null where there is neither. */
async function readRows(
  file: string,
  dtypes: readonly Dtype[],
  shape: readonly number[],
  wanted = Infinity,
): Promise<Rows | null> {
  const size = shape.reduce((product, side) => product * side, 1);
  const pieces: ArrayLike<number>[] = [];
  let count = 0;
  const whole = await read(`${file}.npy`);
  for (let part = 0; count < wanted; part++) {
    const path = whole === null ? `${file}_part${part}.npy` : `${file}.npy`;
    const bytes = whole ?? (await read(path));
    if (bytes === null) break;
    const array = readNpy(bytes, path);
    checkArray(array, path, dtypes, shape);
    const rows = Math.min(array.shape[0]!, wanted - count);
    pieces.push((array.data as Float32Array).subarray(0, rows * size));
    count += rows;
    if (whole !== null) break;
  }
  return pieces.length === 0 ? null : { count, pieces };
}

function joined<Data extends Float32Array | Uint8Array>(
  { pieces }: Rows,
  Data: new (length: number) => Data,
): Data {
  const all = new Data(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

async function read(path: string): Promise<Uint8Array | null> {
  const { readFile } = await import('node:fs/promises');
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

function checkArray(array: NpyArray, path: string, dtypes: readonly Dtype[], shape: readonly number[]): void {
  if (!dtypes.includes(array.dtype)) {
    throw new FormatError(`${path}: elements must be of type ${dtypes.join(', ')}, got ${array.dtype}`);
  }
  const [, ...row] = array.shape;
  if (row.length !== shape.length || row.some((side, axis) => side !== shape[axis])) {
    throw new FormatError(
      `${path}: the shape must be [maps, ${shape.join(', ')}], got [${array.shape.join(', ')}]`,
    );
  }
}
