import { FormatError } from '../format/formatError.js';

/** One file of a data set: its name, and how to recognise it. */
export interface DataFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The same file, if a user has already unpacked it. */
  readonly unpacked?: { readonly name: string; readonly sha256: string };
}

/** A file without a published digest: it is checked by its contents. */
export interface UnpinnedFile {
  readonly name: string;
  /** A download stops beyond it. */
  readonly maxBytes: number;
  /** The same file, if a user has already unpacked it. */
  readonly unpacked?: { readonly name: string };
  /** Returns what is wrong with the file at a path, or null. */
  check(path: string): Promise<string | null>;
}

/** Finds a file in a folder, packed or not; null if it is not there. */
export async function locate(
  folder: string,
  file: Pick<UnpinnedFile, 'name' | 'unpacked'>,
): Promise<string | null> {
  const { access } = await import('node:fs/promises');
  const { join } = await import('node:path');
  for (const name of [file.name, file.unpacked?.name]) {
    if (name === undefined) continue;
    const path = join(folder, name);
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return null;
}

export interface CheckedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Returns what is wrong with a file, or null. */
export async function inspect(path: string, file: DataFile): Promise<string | null> {
  const { readFile } = await import('node:fs/promises');
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return `cannot be read: ${(error as Error).message}`;
  }
  const { expected, found } = await digests(bytes, path, file);
  return found === expected ? null : `SHA-256 must be ${expected}, got ${found} of ${bytes.length} bytes`;
}

/** Reads a file and checks its SHA-256. Throws a FormatError when it is another file, or damaged. */
export async function readChecked(path: string, file: DataFile, set: string): Promise<CheckedFile> {
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(path);
  const { expected, found } = await digests(bytes, path, file);
  if (found !== expected) {
    throw new FormatError(
      `${path}: it is damaged, or of another data set: SHA-256 must be ${short(expected)}, got ${short(found)} of ` +
        `${bytes.length} bytes; move it away, and run \`aimle data get ${set}\``,
    );
  }
  return { path, bytes };
}

/** Computes the SHA-256 that a file must have, packed or not according to its path, and the one that its bytes have. */
async function digests(
  bytes: Uint8Array,
  path: string,
  file: DataFile,
): Promise<{ expected: string; found: string }> {
  const { createHash } = await import('node:crypto');
  const { basename } = await import('node:path');
  const expected = basename(path) === file.unpacked?.name ? file.unpacked.sha256 : file.sha256;
  return { expected, found: createHash('sha256').update(bytes).digest('hex') };
}

function short(digest: string): string {
  return `${digest.slice(0, 12)}...`;
}
