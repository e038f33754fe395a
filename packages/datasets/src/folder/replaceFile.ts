/** A temporary file that nobody has written to for so long was left behind by a process that was killed. */
const LEFT_AFTER_MS = 3_600_000;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Replaces a file, all or nothing, and flushes it to the disk: after a failure or a kill the old one is unchanged. Creates
 * its folder. Node only.
 *
 * The bytes go to a new file beside it, `.NAME.UUID.part`, which is then renamed. The random name is created exclusively,
 * so that nothing can wait there: no other process, and no symbolic link that a stranger put into the folder. What a kill
 * left an hour ago is removed.
 *
 * @throws any error of the file system; the temporary file is then removed.
 * @example
 * ```ts
 * import { mkdtemp, readdir } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { replaceFile } from '@aimle/datasets';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'notes-'));
 * await replaceFile(join(folder, 'notes.txt'), new TextEncoder().encode('dry'));
 * await readdir(folder); // => ['notes.txt']
 * ```
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const { mkdir, rename, rm, writeFile } = await import('node:fs/promises');
  const { dirname } = await import('node:path');
  await mkdir(dirname(path), { recursive: true });
  await removeLeftParts(path);
  const part = await newPart(path);
  try {
    await writeFile(part, bytes, { flag: 'wx', flush: true });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {}); // a full disk needs the space
    throw error;
  }
  await flushFolderOf(path);
}

/** A random name beside a file, for what will replace it. Create it with the flag `wx`. */
export async function newPart(path: string): Promise<string> {
  const { basename, dirname, join } = await import('node:path');
  return join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.part`);
}

/** Removes the temporary files of a file that killed processes left behind. */
export async function removeLeftParts(path: string): Promise<void> {
  const { lstat, readdir, rm } = await import('node:fs/promises');
  const { basename, dirname, join } = await import('node:path');
  const [begin, end] = [`.${basename(path)}.`, '.part'];
  for (const name of await readdir(dirname(path)).catch((): string[] => [])) {
    if (!name.startsWith(begin) || !name.endsWith(end)) continue;
    if (!UUID.test(name.slice(begin.length, -end.length))) continue;
    const part = join(dirname(path), name);
    const written = await lstat(part).then(
      ({ mtimeMs }) => mtimeMs,
      () => Infinity,
    );
    // Another process may remove it first.
    if (Date.now() - written > LEFT_AFTER_MS) await rm(part, { force: true }).catch(() => {});
  }
}

/** Flushes a folder, so that a rename in it survives a power cut. */
async function flushFolderOf(path: string): Promise<void> {
  if (process.platform === 'win32') return; // a folder cannot be flushed there
  const { open } = await import('node:fs/promises');
  const { dirname } = await import('node:path');
  const handle = await open(dirname(path), 'r');
  await handle.sync().finally(() => handle.close());
}
