import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nativeBase } from './cache/folders.js';
import { readManifest } from './cache/manifest.js';
import { sweepStaging } from './cache/staging.js';

/**
 * Removes every installation from the cache, of this release and of others, known by their manifests, and what
 * killed installations left behind. Nothing else in that folder is touched.
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
