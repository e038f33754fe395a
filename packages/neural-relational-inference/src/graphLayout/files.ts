import { type NpyArray, readNpy, writeNpy } from '@aimle/datasets';
import type { Motions } from '../motion/motions.js';
import { motionsFromNpy } from '../motion/motionsFromNpy.js';

/** Splits of the data, as the official files name them. */
export type Split = 'train' | 'valid' | 'test';

/** Returns the name under which the official code looks for a file. */
export function fileName(kind: 'data' | 'edges', split: Split, frames: number, vertices: number): string {
  return `${kind}_${split}_novar_1skip_${frames}t_1r_graph${vertices}.npy`;
}

/** Encodes the two files of a split: positions [N, T, 2, n] in single precision, edges [N, n, n] as bytes. */
export function filesOf(motions: Motions & { readonly edges: Uint8Array }): {
  data: Uint8Array;
  edges: Uint8Array;
} {
  const { count, frames, dimensions, vertices, positions, edges } = motions;
  return {
    data: writeNpy({ dtype: 'f4', shape: [count, frames, dimensions, vertices], data: positions }),
    edges: writeNpy({ dtype: 'u1', shape: [count, vertices, vertices], data: edges }),
  };
}

/**
 * Reads a split of the graph-layout data from the data folder, ours or the official code's; null if its files are missing.
 *
 * @param folder - the data folder; the files are in its `graph-layout`.
 * @throws FormatError or RangeError when a file is invalid. Node only.
 * @example
 * ```ts
 * import { readGraphLayout } from '@aimle/neural-relational-inference';
 *
 * await readGraphLayout('/nowhere', 'test', 10); // => null
 * ```
 */
export async function readGraphLayout(
  folder: string,
  split: Split,
  frames: number,
  vertices = 10,
): Promise<Motions | null> {
  const { readFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const read = async (kind: 'data' | 'edges'): Promise<NpyArray | null> => {
    const path = join(folder, 'graph-layout', fileName(kind, split, frames, vertices));
    try {
      return readNpy(await readFile(path), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  };
  const [positions, edges] = await Promise.all([read('data'), read('edges')]);
  if (positions === null || edges === null) return null;
  return motionsFromNpy(
    positions,
    edges,
    join(folder, 'graph-layout', fileName('data', split, frames, vertices)),
  );
}
