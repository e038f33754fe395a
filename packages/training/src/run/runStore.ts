import type { FileHandle } from 'node:fs/promises';
import { replaceFile } from '@aimle/datasets';
import { RequestError } from '../errors.js';
import { absentAs, explained } from './fileErrors.js';
import { lockByFile } from './lockFile.js';

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
  /**
   * Makes the caller the only one that trains in this store, until it calls what this returns. Throws a {@link RequestError}
   * when another one does; a lock whose holder was killed is taken over. A store that only one training can reach
   * needs none.
   */
  lock?(): Promise<() => Promise<void>>;
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
  let locked = false;
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
    async lock() {
      if (locked) throw new RequestError(`${name} is in use by another training; wait until it ends`);
      locked = true;
      return async () => {
        locked = false;
      };
    },
  };
}

/**
 * Keeps a run in a folder, which the first write creates. Node only; it finds `node:fs` on use, so the module can be part
 * of a browser bundle.
 *
 * A file is replaced by a new one of a random name, flushed and renamed: a reader finds the old file or the new one, never a
 * part, and a symbolic link in a stranger's folder is never written through. **Cost**: one flush of the disk per file.
 *
 * A training locks the folder by `run.lock`, which names its process and host. On the same host, a lock whose process
 * was killed is taken over. From another host or container, nobody can tell: the error says which file to delete.
 *
 * @param folder The path of the run directory.
 * @throws {@link RequestError} from any method when the folder cannot be written (no permission, or a file has its
 * name); an error that says so when the disk is full.
 * @example
 * ```ts
 * import { folderStore } from '@aimle/training';
 *
 * const store = folderStore('runs/no-such-run');
 * await store.read('config.json'); // => null
 * ```
 */
export function folderStore(folder: string): RunStore {
  const fs = () => process.getBuiltinModule('node:fs/promises');
  const paths = () => process.getBuiltinModule('node:path');

  async function within<T>(path: string, work: (file: string) => Promise<T>): Promise<T> {
    const file = paths().join(folder, path);
    try {
      return await work(file);
    } catch (error) {
      throw explained(error, file);
    }
  }

  const makeFolderOf = (file: string) => fs().mkdir(paths().dirname(file), { recursive: true });

  /** Opens a file to append to it, but never through a symbolic link, which may lead out of the folder. */
  async function appending(file: string, work: (handle: FileHandle) => Promise<void>): Promise<void> {
    const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_WRONLY } = fs().constants;
    const handle = await fs().open(file, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY);
    try {
      await work(handle);
    } finally {
      await handle.close();
    }
  }

  async function flushFolderOf(file: string): Promise<void> {
    if (process.platform === 'win32') return; // a folder cannot be flushed there
    const handle = await fs().open(paths().dirname(file), 'r');
    await handle.sync().finally(() => handle.close());
  }

  const filesIn = (under: string) =>
    within(under, async (at) => {
      const entries = await absentAs([], fs().readdir(at, { withFileTypes: true }));
      return entries.filter((entry) => entry.isFile()).map(({ name }) => `${under}${name}`);
    });

  return {
    name: folder,
    list: async () => [...(await filesIn('')), ...(await filesIn('checkpoints/'))],
    read: (path) =>
      within(path, async (file) => {
        const bytes = await absentAs(null, fs().readFile(file));
        return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
      }),
    write: (path, bytes) => within(path, (file) => replaceFile(file, bytes)),
    append: (path, bytes) =>
      within(path, async (file) => {
        await makeFolderOf(file);
        await appending(file, (handle) => handle.appendFile(bytes));
      }),
    flush: (path) => within(path, (file) => appending(file, (handle) => handle.sync())),
    rename: (from, to) =>
      within(to, async (file) => {
        const source = paths().join(folder, from);
        if ((await absentAs(null, fs().stat(source))) === null) return;
        await fs().rename(source, file);
        await flushFolderOf(file);
      }),
    lock: () =>
      within('run.lock', async (file) => {
        await makeFolderOf(file);
        return lockByFile(file);
      }),
  };
}
