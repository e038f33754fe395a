/**
 * Where a run keeps its files: a folder ({@link folderStore}), or memory ({@link memoryStore}) in tests and browsers.
 * Paths are relative, with forward slashes.
 *
 * Implement it to keep runs elsewhere. A run survives a kill at any moment only if `write` and `rename` are all or
 * nothing.
 */
export interface RunStore {
  /** Its name in messages: the folder's path. */
  readonly name: string;
  /** The paths of the files at the top and in `checkpoints/`: a run keeps none elsewhere. */
  list(): Promise<string[]>;
  /** A file's bytes, or null when there is no such file. */
  read(path: string): Promise<Uint8Array | null>;
  /** Replaces a whole file and writes it to the disk; after a failure or a kill, the old one is unchanged. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Adds to the end of a file. A kill may leave a part of it. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** Writes everything appended to the file to the disk. */
  flush(path: string): Promise<void>;
  /** Replaces one file by another, all or nothing; does nothing when there is no file at `from`. */
  rename(from: string, to: string): Promise<void>;
}

/**
 * Keeps a run in memory, for tests, for browsers, and for experiments that need no files.
 *
 * @param name Its name in messages and in the summary.
 * @example
 * ```ts
 * import { memoryStore } from '@aimle/training';
 *
 * const store = memoryStore('scratch');
 * await store.write('config.json', new TextEncoder().encode('{}'));
 * await store.list(); // => ['config.json']
 * ```
 */
export function memoryStore(name: string): RunStore {
  const files = new Map<string, Uint8Array>();
  return {
    name,
    list: async () => [...files.keys()],
    read: async (path) => files.get(path)?.slice() ?? null,
    async write(path, bytes) {
      files.set(path, bytes.slice());
    },
    async append(path, bytes) {
      const before = files.get(path) ?? new Uint8Array();
      const after = new Uint8Array(before.length + bytes.length);
      after.set(before);
      after.set(bytes, before.length);
      files.set(path, after);
    },
    flush: async () => {},
    async rename(from, to) {
      const bytes = files.get(from);
      if (bytes === undefined) return;
      files.set(to, bytes);
      files.delete(from);
    },
  };
}
