import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { NativeAttempt } from '../events.js';
import { fileChecksum } from './checksum.js';
import { layoutOf } from './folders.js';

/** What an installation is made of; written last, so that a folder without it is not an installation. */
export interface Manifest {
  readonly format: 1;
  /** The version of TensorFlow, by its own word. */
  readonly tensorflow: string;
  readonly source: string;
  readonly addon: string;
  readonly installedAt: string;
  /** What was tried on the way, and why it failed. */
  readonly attempts: readonly NativeAttempt[];
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

/** Writes the manifest of all files below `folder`, with their sizes and checksums. */
export async function writeManifest(
  folder: string,
  facts: Omit<Manifest, 'format' | 'files'>,
): Promise<Manifest> {
  const files = [];
  for (const path of await filesBelow(folder)) {
    const full = join(folder, path);
    files.push({ path, bytes: (await stat(full)).size, sha256: await fileChecksum(full) });
  }
  const manifest: Manifest = { format: 1, ...facts, files };
  await writeFile(layoutOf(folder).manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** The manifest of an installation; undefined where there is none, or none that can be read. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const manifest = JSON.parse(await readFile(layoutOf(folder).manifest, 'utf8')) as Manifest;
    return manifest.format === 1 ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What is wrong with an installation, file by file; an empty list is a sound one. Sizes only take milliseconds,
 * checksums a second or two.
 */
export async function faultsOf(
  folder: string,
  manifest: Manifest,
  by: 'size' | 'checksum',
): Promise<string[]> {
  const faults = await Promise.all(
    manifest.files.map(async ({ path, bytes, sha256 }) => {
      const full = join(folder, path);
      const found = await stat(full).catch(() => undefined);
      if (found === undefined) return `${path} is missing`;
      if (found.size !== bytes) return `${path} has ${found.size} bytes instead of ${bytes}`;
      if (by === 'checksum' && (await fileChecksum(full)) !== sha256) return `${path} has another checksum`;
      return undefined;
    }),
  );
  return faults.filter((fault) => fault !== undefined);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
