import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nativeFolder, nativeLayout, readNativeManifest } from '@aimle/engine/native';
import { sweepStaging } from './system/staging.js';

/**
 * Removes every installation of the native engine from the cache folder, also those of other releases, and what
 * cancelled installations left behind. `aimle engine remove native` calls it. Other files stay.
 *
 * @throws when a folder cannot be removed.
 *
 * @example
 * ```ts
 * import { removeNative } from '@aimle/native-engine';
 *
 * const remove = async () => (await removeNative()).removed;
 * typeof remove; // => 'function'
 * ```
 */
export async function removeNative(): Promise<{ readonly removed: readonly string[] }> {
  const base = nativeFolder();
  const removed = await sweepStaging(base);
  for (const name of await readdir(base).catch(() => [])) {
    const folder = join(base, name);
    if ((await readNativeManifest(nativeLayout(folder))) === undefined) continue;
    await rm(folder, { recursive: true });
    removed.push(folder);
  }
  await rmdir(base).catch(() => {}); // it stays if it holds anything else
  return { removed };
}
