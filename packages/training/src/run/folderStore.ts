import { RequestError } from '../errors.js';
import type { RunStore } from './runStore.js';

/**
 * Keeps a run in a folder, which the first write creates. Node only; it loads `node:fs` on use, so the module can be part
 * of a browser bundle.
 *
 * A file is replaced by writing `<name>.partial`, flushing it, renaming it, and flushing the folder: a
 * reader finds the old file or the new one, never a part. **Cost**: one flush of the disk per file.
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
  const node = Promise.all([import('node:fs/promises'), import('node:path')]).then(([fs, path]) => ({
    fs,
    path,
  }));
  // Without a file system, the methods reject later; this avoids an unhandled rejection now.
  node.catch(() => {});

  async function within<T>(path: string, work: (file: string) => Promise<T>): Promise<T> {
    const file = (await node).path.join(folder, path);
    try {
      return await work(file);
    } catch (error) {
      throw explained(error, file);
    }
  }

  async function makeFolderOf(file: string): Promise<void> {
    const { fs, path } = await node;
    await fs.mkdir(path.dirname(file), { recursive: true });
  }

  async function flushed(file: string, flags: string): Promise<void> {
    const handle = await (await node).fs.open(file, flags);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async function flushFolderOf(file: string): Promise<void> {
    if (process.platform === 'win32') return; // a folder cannot be flushed there
    await flushed((await node).path.dirname(file), 'r');
  }

  return {
    name: folder,
    async list() {
      const { fs } = await node;
      const filesIn = (under: string) =>
        within(under, async (at) => {
          const entries = await absentAs([], fs.readdir(at, { withFileTypes: true }));
          return entries.filter((entry) => entry.isFile()).map(({ name }) => `${under}${name}`);
        });
      return [...(await filesIn('')), ...(await filesIn('checkpoints/'))];
    },
    read: (path) =>
      within(path, async (file) => {
        const bytes = await absentAs(null, (await node).fs.readFile(file));
        return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
      }),
    write: (path, bytes) =>
      within(path, async (file) => {
        const { fs } = await node;
        const partial = `${file}.partial`;
        await makeFolderOf(file);
        try {
          await fs.writeFile(partial, bytes, { flush: true });
          await fs.rename(partial, file);
        } catch (error) {
          await fs.rm(partial, { force: true }).catch(() => {}); // a full disk needs the space
          throw error;
        }
        await flushFolderOf(file);
      }),
    append: (path, bytes) =>
      within(path, async (file) => {
        await makeFolderOf(file);
        await (await node).fs.appendFile(file, bytes);
      }),
    flush: (path) => within(path, (file) => flushed(file, 'a')),
    rename: (from, to) =>
      within(to, async (file) => {
        const { fs, path } = await node;
        const source = path.join(folder, from);
        const found = await absentAs(null, fs.stat(source));
        if (found === null) return;
        await fs.rename(source, file);
        await flushFolderOf(file);
      }),
  };
}

async function absentAs<T, A>(absent: A, found: Promise<T>): Promise<T | A> {
  try {
    return await found;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return absent;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function explained(error: unknown, file: string): unknown {
  const cause = { cause: error };
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Error(`cannot write ${file}: the disk is full; free some space and resume the run`, cause);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new RequestError(
        `cannot use ${file}: permission denied; choose a folder that you may write to`,
        cause,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new RequestError(
        `cannot use ${file}: a part of that path is a file; choose another folder`,
        cause,
      );
    case 'EISDIR':
      return new RequestError(`cannot use ${file}: it is a folder; choose another run directory`, cause);
    default:
      return error;
  }
}
