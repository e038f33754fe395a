import { join } from 'node:path';
import { installationName, nativeBase } from './cache/folders.js';
import { faultsOf, readManifest } from './cache/manifest.js';
import { currentRecipe, type Recipe } from './sources/recipe.js';

/** What is known of the native engine in this machine's cache. */
export interface NativeStatus {
  /** Whether it is there and sound. */
  readonly installed: boolean;
  /** Where it is, or would be. */
  readonly folder: string;
  /** The version of TensorFlow. */
  readonly version?: string;
  /** Where TensorFlow came from. */
  readonly source?: string;
  readonly bytes?: number;
  /** Date and time, ISO 8601. */
  readonly installedAt?: string;
  /** What is wrong with the files that are there, file by file. */
  readonly faults: readonly string[];
}

/**
 * Whether the native engine is in the cache, and whether its files are sound: by their sizes, which takes
 * milliseconds, or by their sha256, which takes a second or two.
 */
export async function nativeStatus(
  { verify = 'size' }: { readonly verify?: 'size' | 'checksum' } = {},
  recipe: Recipe = currentRecipe,
): Promise<NativeStatus> {
  const folder = join(nativeBase(), installationName(recipe));
  const manifest = await readManifest(folder);
  if (manifest === undefined) return { installed: false, folder, faults: [] };
  const { tensorflow: version, source, installedAt, files } = manifest;
  const faults = await faultsOf(folder, manifest, verify);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { installed: faults.length === 0, folder, version, source, bytes, installedAt, faults };
}
