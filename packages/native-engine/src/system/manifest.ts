import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { NativeLayout, NativeManifest } from '@aimle/engine/native';
import type { NativeAttempt } from '../progress.js';

/** The full manifest: what the engine reads, and how the installation was made, for people who inspect it. */
interface FullManifest extends NativeManifest {
  /** The attempts, and why all but the last failed. */
  readonly attempts: readonly NativeAttempt[];
}

export async function writeManifest(
  { folder, manifest }: NativeLayout,
  facts: Omit<FullManifest, 'format' | 'files'>,
): Promise<void> {
  const files = [];
  for (const path of await filesBelow(folder)) {
    const full = join(folder, path);
    files.push({ path, bytes: (await stat(full)).size, sha256: await fileChecksum(full) });
  }
  const written: FullManifest = { format: 1, ...facts, files };
  await writeFile(manifest, `${JSON.stringify(written, null, 2)}\n`);
}

export async function fileChecksum(
  path: string,
  algorithm: 'sha256' | 'sha512' = 'sha256',
  encoding: 'hex' | 'base64' = 'hex',
): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest(encoding);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
