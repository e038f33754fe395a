import { type Dataset, datasetOfFiles, replaceFile } from '@aimle/datasets';
import { foldIn, key } from '@aimle/random';
import { checkMotions, firstFrames } from '../motion/motions.js';
import { fileName, filesOf, readGraphLayout, type Split } from './files.js';
import { layoutProblem } from './layoutProblem.js';
import { simulateInThreads } from './simulateInThreads.js';

/** Number of recordings in each split of the graph-layout data. */
export type GraphLayoutSizes = Readonly<Record<Split, number>>;

const SEED = 42;
const VERTICES = 10;
/** Both lengths are written; short recordings are the first frames of the long ones. */
const LENGTHS = [10, 20] as const;
const CHECKSUMS = 'checksums.json';
/** Bytes of the npy header before the data. */
const HEADER = 128;

/** Returns the key of a split's simulations; the data set has the seed 42. */
export const splitKey = (split: Split, seed: number = SEED) =>
  foldIn(foldIn(key(seed), 'graph-layout'), split);

interface File {
  readonly name: string;
  readonly kind: 'data' | 'edges';
  readonly split: Split;
  readonly frames: number;
  readonly bytes: number;
}

/**
 * Makes the graph-layout data a data set of any size: simulated on all processors, not downloaded, and written as npy files
 * under the official code's names, with 10 vertices and 10 and 20 frames.
 *
 * `get` makes missing files, and replaces damaged ones of its own; it leaves other files alone, such as the official
 * code's. `verify` checks its own files against their SHA-256, and all files for their contents: edges must be spanning
 * trees, and each frame one layout step after the frame before.
 *
 * @param sizes - simulations of each split; `graphLayout` has 50,000, 10,000 and 10,000.
 * @throws RangeError when a size is not a positive integer.
 * @example
 * ```ts
 * import { graphLayoutDataset } from '@aimle/neural-relational-inference';
 *
 * const small = graphLayoutDataset({ train: 500, valid: 100, test: 100 });
 * (await small.status('/nowhere')).state; // => 'missing'
 * ```
 */
export function graphLayoutDataset(sizes: GraphLayoutSizes): Dataset {
  const splits = ['train', 'valid', 'test'] as const;
  for (const split of splits) {
    if (!Number.isSafeInteger(sizes[split]) || sizes[split] < 1) {
      throw new RangeError(
        `graphLayoutDataset: ${split} must be a positive integer, got ${String(sizes[split])}`,
      );
    }
  }
  const files: readonly File[] = LENGTHS.flatMap((frames) =>
    splits.flatMap((split) =>
      (['data', 'edges'] as const).map((kind) => ({
        name: fileName(kind, split, frames, VERTICES),
        kind,
        split,
        frames,
        bytes: HEADER + sizes[split] * (kind === 'data' ? 4 * frames * 2 * VERTICES : VERTICES ** 2),
      })),
    ),
  );

  return datasetOfFiles({
    name: 'graph-layout',
    title: `simulated springs on hidden trees, ${splits.map((split) => sizes[split].toLocaleString('en')).join(' + ')} recordings`,
    source: 'made here by our own generator; the process of Paulus et al., arXiv:2006.08063',
    files,
    remedy: 'makes it',
    async get(folder, { onProgress, signal }) {
      const known = await checksums(folder);
      const wanted = await Promise.all(
        files.map(async (file) => (await needed(folder, file, known)) && file),
      );
      for (const split of splits) {
        const missing = wanted.filter((file): file is File => file !== false && file.split === split);
        if (missing.length === 0) continue;
        let tenths = 0;
        const whole = await simulateInThreads({
          count: sizes[split],
          key: splitKey(split),
          vertices: VERTICES,
          frames: Math.max(...LENGTHS),
          ...(signal && { signal }),
          onProgress: (done) => {
            const total = sizes[split];
            if (Math.floor((10 * done) / total) === tenths) return;
            tenths = Math.floor((10 * done) / total);
            const message = `${split}: simulated ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
            onProgress?.({ file: split, received: done, total, message });
          },
        });
        for (const frames of LENGTHS) {
          const bytes = filesOf(firstFrames(whole, frames));
          for (const file of missing.filter((each) => each.frames === frames)) {
            signal?.throwIfAborted();
            known[file.name] = await write(folder, file.name, bytes[file.kind]);
          }
        }
        await write(folder, CHECKSUMS, new TextEncoder().encode(`${JSON.stringify(known, null, 2)}\n`));
      }
    },
    problemOf: async (path, file, folder) => inspect(folder, file, path, await checksums(folder)),
  });
}

/**
 * The paper's data set: 50,000 simulations to train on, 10,000 to validate, 10,000 to test, 182 MB in all.
 *
 * @example
 * ```ts
 * import { graphLayout } from '@aimle/neural-relational-inference';
 *
 * graphLayout.title; // => 'simulated springs on hidden trees, 50,000 + 10,000 + 10,000 recordings'
 * ```
 */
export const graphLayout: Dataset = graphLayoutDataset({ train: 50_000, valid: 10_000, test: 10_000 });

type Checksums = Record<string, string>;

/** Whether a file has to be made: it is missing, or one of ours and damaged. */
async function needed(folder: string, { name }: File, known: Checksums): Promise<boolean> {
  const path = await existing(folder, name);
  if (path === null) return true;
  return known[name] !== undefined && (await digest(path)) !== known[name];
}

async function inspect(folder: string, file: File, path: string, known: Checksums): Promise<string | null> {
  const expected = known[file.name];
  const found = expected && (await digest(path));
  if (found !== expected) return `SHA-256 must be ${expected}, got ${found}`;
  if (file.kind === 'edges') return null;
  try {
    const motions = await readGraphLayout(folder, file.split, file.frames, VERTICES);
    if (motions === null) return 'its edges are missing';
    checkMotions(motions, file.name);
    return layoutProblem(motions);
  } catch (error) {
    return (error as Error).message;
  }
}

async function existing(folder: string, name: string): Promise<string | null> {
  const { access } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const path = join(folder, 'graph-layout', name);
  return access(path).then(
    () => path,
    () => null,
  );
}

async function checksums(folder: string): Promise<Checksums> {
  const path = await existing(folder, CHECKSUMS);
  if (path === null) return {};
  const { readFile } = await import('node:fs/promises');
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Checksums;
  } catch {
    return {};
  }
}

async function digest(path: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return sha256(await readFile(path));
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes a file, all or nothing. Returns its SHA-256. */
async function write(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const { join } = await import('node:path');
  const own = join(folder, 'graph-layout');
  await replaceFile(join(own, name), bytes).catch((error: Error) => {
    throw new Error(`${name} could not be written to ${own}: ${error.message}`, { cause: error });
  });
  return sha256(bytes);
}
