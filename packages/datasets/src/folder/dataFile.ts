/** One file of a data set: what it is called, and how to know it. */
export interface DataFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The same file when a user has already unpacked it. */
  readonly unpacked?: { readonly name: string; readonly sha256: string };
}

/** Where a file is in a folder, packed or not; null if it is not there. */
export async function locate(folder: string, file: DataFile): Promise<string | null> {
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

/** What is wrong with a file, or null. */
export async function inspect(path: string, file: DataFile): Promise<string | null> {
  const { readFile } = await import('node:fs/promises');
  const { createHash } = await import('node:crypto');
  const { basename } = await import('node:path');
  const expected = basename(path) === file.name ? file.sha256 : file.unpacked?.sha256;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    return `cannot be read: ${(error as Error).message}`;
  }
  const found = createHash('sha256').update(bytes).digest('hex');
  return found === expected ? null : `SHA-256 must be ${expected}, got ${found} of ${bytes.length} bytes`;
}
