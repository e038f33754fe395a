import { type CsvTable, FormatError, type NpyArray, readCsv, readNpy } from '@aimle/datasets';
import { RequestError } from '@aimle/training';
import { edgesFromCsv, motionsFromCsv } from './csv.js';
import type { Motions, NamedMotions } from './motions.js';
import { motionsFromNpy } from './motionsFromNpy.js';
import type { EdgeTruth } from './truth.js';

/**
 * Reads your own recordings from a file, and their true edges from another.
 *
 * - `.npy`: positions [N, T, D, n] (recordings, frames, dimensions, vertices), edges [N, n, n], as in the official files;
 * - `.csv`, or `.tsv` with tabs: positions with the columns `sample`, `time`, `vertex` and one for each coordinate, such as `x` and `y`; edges
 *   with the columns `sample` (optional if all recordings have the same edges), `from`, `to`. Every column must have a
 *   name of its own. Samples and vertices may have any names; vertices come in the order of the first sample, frames in
 *   the order of time. Numbers are decimal, such as `-1.5e3`.
 *
 * @param path - of the positions. @param edgesPath - null if the true edges are not known. @param truth - required kind of
 * the edges, as in {@link checkMotions}. Node only.
 * @throws RequestError when there is no such file; FormatError or RangeError that names the file and what is wrong in it.
 * @example
 * ```ts
 * import { readRecordings } from '@aimle/neural-relational-inference';
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 *
 * const file = join(await mkdtemp(join(tmpdir(), 'recordings-')), 'mine.csv');
 * await writeFile(file, 'sample,time,vertex,x\n1,0,a,0\n1,0,b,1\n1,1,a,0.5\n1,1,b,0.9\n');
 * const { motions, vertices } = await readRecordings(file);
 * [motions.count, motions.frames, motions.dimensions]; // => [1, 2, 1]
 * vertices; // => ['a', 'b']
 * ```
 */
export async function readRecordings(
  path: string,
  edgesPath: string | null = null,
  truth: EdgeTruth = 'tree',
): Promise<NamedMotions> {
  const positions = await opened(path);
  const named = 'columns' in positions ? motionsFromCsv(positions, path) : numbered(positions, path);
  if (edgesPath === null) return named;
  const { motions, samples, vertices } = named;
  const edges = await opened(edgesPath);
  const known: NpyArray = !('columns' in edges)
    ? edges
    : {
        dtype: 'u1',
        shape: [samples.length, vertices.length, vertices.length],
        data: edgesFromCsv(edges, edgesPath, { samples, vertices, directed: truth === 'arborescence' }),
      };
  return { ...named, motions: motionsFromNpy(asNpy(motions), known, edgesPath, truth) };
}

async function opened(path: string): Promise<CsvTable | NpyArray> {
  if (!/\.(npy|[ct]sv)$/i.test(path))
    throw new FormatError(`${path} must be a .npy, .csv or .tsv file, by its name`);
  const { readFile } = await import('node:fs/promises');
  try {
    return /sv$/i.test(path) ? await readCsv(path) : readNpy(await readFile(path), path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new RequestError(`there is no file ${path}`);
    throw error;
  }
}

function numbered(positions: NpyArray, path: string): NamedMotions {
  const motions = motionsFromNpy(positions, null, path);
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i));
  return { motions, samples: numbers(motions.count), vertices: numbers(motions.vertices) };
}

function asNpy({ count, frames, dimensions, vertices, positions }: Motions): NpyArray {
  return { dtype: 'f4', shape: [count, frames, dimensions, vertices], data: positions };
}
