import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nativeBase } from './folders.js';
import { readManifest } from './manifest.js';
import { sweepStaging } from './staging.js';

/**
 * Removes every installation of the native engine from the cache, of this release and of others, and what
 * killed installations left behind; nothing else in that folder is touched. Answers the folders removed.
 * Node only.
 *
 * @example
 * ```ts no-run
 * import { removeNative } from '@aimle/engine';
 *
 * const { removed } = await removeNative();
 * ```
 */
export async function removeNative(): Promise<{ readonly removed: readonly string[] }> {
  const base = nativeBase();
  const removed = (await sweepStaging(base)).map((name) => join(base, name));
  for (const name of await readdir(base).catch(() => [])) {
    const folder = join(base, name);
    if ((await readManifest(folder)) === undefined) continue;
    await rm(folder, { recursive: true });
    removed.push(folder);
  }
  await rmdir(base).catch(() => {}); // it stays where it holds anything else
  return { removed };
}
