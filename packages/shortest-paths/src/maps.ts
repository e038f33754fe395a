import { generateTerrain, readWarcraftMaps, type TerrainMaps } from '@aimle/datasets';
import { foldIn, key } from '@aimle/random';
import { gridPath } from '@aimle/solvers';
import { RequestError, type TaskContext } from '@aimle/training';
import * as tf from '@tensorflow/tfjs';
import type { PathConfig } from './settings.js';

/** Maps and the shortest path on each. */
export interface PathMaps extends TerrainMaps {
  readonly paths: Uint8Array;
}

export interface Splits {
  readonly train: PathMaps;
  readonly validation: PathMaps | null;
  readonly test: PathMaps;
  readonly sentence: string;
}

/** Reads or draws the maps that the configuration asks for: the same ones for every seed of the run. */
export async function loadMaps(config: PathConfig, { folder }: TaskContext): Promise<Splits> {
  const { data, size, trainCount, validationCount, testCount } = config;
  const load = async (split: 'train' | 'val' | 'test', count: number): Promise<PathMaps> => {
    if (data === 'terrain') {
      const origin = foldIn(key('terrain'), split);
      return withPaths(generateTerrain({ count, height: size, width: size, key: origin }));
    }
    const maps = await readWarcraftMaps({ folder, size, split, count });
    if (maps !== null) return withPaths(maps);
    throw new RequestError(
      `path: the Warcraft maps of ${size}x${size} cells are not in ${folder}: put warcraft_shortest_path_oneskin there, or ` +
        'take data terrain, which needs no files',
    );
  };
  const origin = data === 'terrain' ? 'terrain maps of our own generator' : 'Warcraft maps';
  const held = validationCount === 0 ? 'no validation set' : `${validationCount} for validation`;
  return {
    train: await load('train', trainCount),
    validation: validationCount === 0 ? null : await load('val', validationCount),
    test: await load('test', testCount),
    sentence: `${origin}, ${size}x${size} cells: ${trainCount} to train on, ${held}, ${testCount} to test on`,
  };
}

/**
 * Adds to each map its shortest path from top left to bottom right, where the maps come without.
 *
 * @example
 * ```ts
 * import { generateTerrain } from '@aimle/datasets';
 * import { key } from '@aimle/random';
 * import { withPaths } from '@aimle/shortest-paths';
 *
 * const { paths } = withPaths(generateTerrain({ count: 1, height: 4, width: 4, key: key(0) }));
 * [paths[0], paths[15]]; // => [1, 1]
 * ```
 */
export function withPaths(maps: TerrainMaps): PathMaps {
  const { count, height, width, costs } = maps;
  return { ...maps, paths: maps.paths ?? shortest(costs, { count, height, width }) };
}

/** Some maps of a set, one after the other. */
export function mapsFrom(maps: PathMaps, first: number, count: number): PathMaps {
  const part = <Values extends Uint8Array | Float32Array>(values: Values): Values => {
    const size = values.length / maps.count;
    return values.subarray(first * size, (first + count) * size) as Values;
  };
  const { pictures, costs, paths } = maps;
  return { ...maps, count, pictures: part(pictures), costs: part(costs), paths: part(paths) };
}

/** Marks the shortest path through the cells of each map. */
export function shortest(
  costs: Float32Array,
  { count, height, width }: Pick<TerrainMaps, 'count' | 'height' | 'width'>,
): Uint8Array {
  const z = new Float32Array(costs.length);
  gridPath({ height, width }).solve(costs, z, count);
  return Uint8Array.from(z);
}

/** The pictures of some maps, [indices.length, height * 8, width * 8, 3]. */
export function picturesOf(maps: TerrainMaps, indices: ArrayLike<number>): tf.Tensor4D {
  const [rows, columns] = [maps.height * maps.cellPixels, maps.width * maps.cellPixels];
  return tf.tensor4d(chosen(maps.pictures, indices, rows * columns * 3), [indices.length, rows, columns, 3]);
}

/** The true paths of some maps, [indices.length, height * width]. */
export function pathsOf(maps: PathMaps, indices: ArrayLike<number>): tf.Tensor2D {
  const cells = maps.height * maps.width;
  return tf.tensor2d(chosen(maps.paths, indices, cells), [indices.length, cells]);
}

function chosen(values: Uint8Array, indices: ArrayLike<number>, size: number): Float32Array {
  const out = new Float32Array(indices.length * size);
  for (let i = 0; i < indices.length; i++) {
    out.set(values.subarray(indices[i]! * size, (indices[i]! + 1) * size), i * size);
  }
  return out;
}
