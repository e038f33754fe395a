import { type UnzipFileInfo, unzipSync, type Zippable, zipSync } from 'fflate';
import { FormatError } from './formatError.js';
import { crc32 } from './gzip.js';
import { type NpyArray, readNpy, writeNpy } from './npy.js';
import { beyondLimit, unpackedLimit } from './unpackedLimit.js';
import { zipChecksums } from './zipChecksums.js';

/** The earliest time in zip files. A fixed time gives the same bytes for the same arrays. */
const EPOCH = new Date(1980, 0, 1);

/**
 * Reads a NumPy .npz file, compressed or not: a zip of .npy files, each under its array's name. Their CRC-32s are checked.
 *
 * @param bytes - the whole file.
 * @param file - its name in error messages.
 * @returns the arrays by name, in the file's order.
 * @throws FormatError when the zip, or an array in it, is damaged or of a type that is not supported, or when it unpacks to more
 * than 250 times its size (and 64 MB).
 *
 * @example
 * ```ts
 * import { readNpz, writeNpz } from '@aimle/datasets';
 *
 * const x = { dtype: 'f4', shape: [2], data: Float32Array.of(1, 2) } as const;
 * const arrays = readNpz(writeNpz(new Map([['x', x]])));
 * arrays.get('x')?.shape // => [2]
 * ```
 */
export function readNpz(bytes: Uint8Array, file = 'npz data'): Map<string, NpyArray> {
  let entries: Record<string, Uint8Array>;
  let checksums: ReadonlyMap<string, number>;
  try {
    entries = unzipSync(bytes, { filter: within(bytes.length, file) });
    checksums = zipChecksums(bytes, file);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(`${file}: not a zip file, cut short or corrupt: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return new Map(
    Array.from(checksums, ([entry, checksum]) => {
      const content = entries[entry]!;
      if (crc32(content) !== checksum) {
        throw new FormatError(
          `${file}: ${entry}: its contents do not match their CRC-32; get the file again`,
        );
      }
      return [entry.replace(/\.npy$/, ''), readNpy(content, `${file}: ${entry}`)];
    }),
  );
}

/** Checks the sizes that a zip declares, before an entry is unpacked: entries must lie side by side, and be within the limit. */
function within(length: number, file: string): (entry: UnzipFileInfo) => boolean {
  let packed = 0;
  let unpacked = 0;
  return ({ size, originalSize }) => {
    packed += size;
    unpacked += originalSize;
    if (packed > length) {
      throw new FormatError(
        `${file}: the entries of the zip must fit into its ${length} bytes, got ${packed}`,
      );
    }
    if (unpacked > unpackedLimit(length)) {
      throw new FormatError(beyondLimit(file, length, 'save it by np.savez, which does not compress'));
    }
    return true;
  };
}

/**
 * Writes a NumPy .npz file, compressed. The same arrays always give the same bytes.
 *
 * @param arrays - the arrays by name.
 * @returns the bytes of the file.
 * @throws RangeError or TypeError as {@link writeNpy} does.
 *
 * @example
 * ```ts
 * import { writeNpz } from '@aimle/datasets';
 *
 * const labels = { dtype: 'u1', shape: [3], data: Uint8Array.of(7, 2, 1) } as const;
 * writeNpz(new Map([['labels', labels]])).subarray(0, 2) // => [80, 75]
 * ```
 */
export function writeNpz(arrays: ReadonlyMap<string, NpyArray>): Uint8Array {
  const entries: Zippable = Object.fromEntries(
    Array.from(arrays, ([name, array]) => [`${name}.npy`, writeNpy(array)] as const),
  );
  return zipSync(entries, { mtime: EPOCH });
}
