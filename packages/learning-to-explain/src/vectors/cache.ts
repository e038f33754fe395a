import { readNpy, replaceFile, writeNpy } from '@aimle/datasets';

/** What determines word vectors. */
export interface Origin {
  readonly texts: readonly Int32Array[];
  readonly words: number;
  readonly size: number;
  readonly epochs: number;
  readonly version: number;
}

/** Returns vectors from the cache in the data folder, or makes and stores them. An unwritable cache is not an error. */
export async function cached(
  folder: string,
  origin: Origin,
  make: () => Float32Array,
): Promise<Float32Array> {
  if (folder === '') return make();
  const { readFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const path = join(folder, 'word-vectors', `${await digestOf(origin)}.npy`);
  const kept = await readFile(path).then(
    (bytes) => vectorsIn(bytes, path, origin),
    () => null,
  );
  if (kept !== null) return kept;
  const values = make();
  const bytes = writeNpy({ dtype: 'f4', shape: [origin.words, origin.size], data: values });
  await replaceFile(path, bytes).catch(() => {}); // a read-only data folder: the next run trains them again
  return values;
}

/** Reads the vectors in a file; null where it is damaged or cut short. */
function vectorsIn(bytes: Uint8Array, path: string, { words, size }: Origin): Float32Array | null {
  try {
    const { shape, data } = readNpy(bytes, path);
    return data instanceof Float32Array && String(shape) === String([words, size]) ? data : null;
  } catch {
    return null;
  }
}

async function digestOf({ texts, words, size, epochs, version }: Origin): Promise<string> {
  const { createHash } = await import('node:crypto');
  const hash = createHash('sha256').update(JSON.stringify({ words, size, epochs, version }));
  for (const text of texts) hash.update(Int32Array.of(text.length)).update(text);
  return hash.digest('hex').slice(0, 32);
}
