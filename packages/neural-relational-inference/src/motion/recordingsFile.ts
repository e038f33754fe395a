import { FormatError, type NpyArray, readNpy } from '@aimle/datasets';
import { edgesFromCsv, motionsFromCsv } from './csv.js';
import type { Motions } from './motions.js';
import { motionsFromNpy } from './motionsFromNpy.js';
import type { Truth } from './truth.js';

/**
 * Recordings of one's own from a file, and their true edges from another.
 *
 * - `.npy`: positions [N, T, D, n] (recordings, frames, dimensions, vertices), edges [N, n, n], as in the official files;
 * - `.csv`: positions with the columns `sample`, `time`, `vertex` and one for each coordinate, such as `x` and `y`; edges
 *   with the columns `sample` (left out where all recordings have the same edges), `from`, `to`. Samples and vertices are
 *   named as you like; vertices are taken in the order in which the first sample names them, frames by their time.
 *
 * @param path - of the positions. @param edgesPath - null where the truth is not known. @param truth - what edges must be,
 * as {@link checkMotions} takes it. Node only.
 * @throws FormatError or RangeError that names the file and what is wrong in it.
 * @example
 * ```ts
 * import { readRecordings } from '@aimle/neural-relational-inference';
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 *
 * const file = join(await mkdtemp(join(tmpdir(), 'recordings-')), 'mine.csv');
 * await writeFile(file, 'sample,time,vertex,x\n1,0,a,0\n1,0,b,1\n1,1,a,0.5\n1,1,b,0.9\n');
 * const { count, frames, vertices, dimensions } = await readRecordings(file);
 * [count, frames, vertices, dimensions]; // => [1, 2, 2, 1]
 * ```
 */
export async function readRecordings(
  path: string,
  edgesPath: string | null = null,
  truth: Truth = 'tree',
): Promise<Motions> {
  const positions = await opened(path);
  if (typeof positions === 'string') {
    const { motions, samples, vertices } = motionsFromCsv(positions, path);
    if (edgesPath === null) return motions;
    const edges = await opened(edgesPath);
    if (typeof edges !== 'string') {
      return motionsFromNpy(asNpy(motions), edges, edgesPath, truth);
    }
    const known = edgesFromCsv(edges, edgesPath, { samples, vertices, directed: truth === 'arborescence' });
    const shape = [samples.length, vertices.length, vertices.length];
    return motionsFromNpy(asNpy(motions), { dtype: 'u1', shape, data: known }, edgesPath, truth);
  }
  if (edgesPath === null) return motionsFromNpy(positions, null, path, truth);
  const edges = await opened(edgesPath);
  if (typeof edges === 'string') {
    const [count = 0, , , size = 0] = positions.shape;
    const numbers = (length: number) => Array.from({ length }, (_, i) => String(i));
    const names = { samples: numbers(count), vertices: numbers(size), directed: truth === 'arborescence' };
    const data = edgesFromCsv(edges, edgesPath, names);
    return motionsFromNpy(positions, { dtype: 'u1', shape: [count, size, size], data }, edgesPath, truth);
  }
  return motionsFromNpy(positions, edges, edgesPath, truth);
}

/** A file by its kind: the text of a table, or an array. */
async function opened(path: string): Promise<string | NpyArray> {
  const { readFile } = await import('node:fs/promises');
  if (path.endsWith('.csv')) return readFile(path, 'utf8');
  if (path.endsWith('.npy')) return readNpy(await readFile(path), path);
  throw new FormatError(`${path}: recordings must be a .npy or .csv file, by its name`);
}

function asNpy({ count, frames, dimensions, vertices, positions }: Motions): NpyArray {
  return { dtype: 'f4', shape: [count, frames, dimensions, vertices], data: positions };
}
