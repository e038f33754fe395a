import { join } from 'node:path';
import { installationName, nativeBase } from './folders.js';
import { faultsOf, readManifest } from './manifest.js';
import { currentRecipe, type Recipe } from './recipe.js';

/** What is known of the native engine's cache. */
export interface NativeStatus {
  readonly installed: boolean;
  /** Where the installation is, or would be. */
  readonly folder: string;
  /** The version of TensorFlow. */
  readonly version?: string;
  readonly source?: string;
  readonly bytes?: number;
  readonly installedAt?: string;
  /** What is wrong with the files that are there. */
  readonly faults: readonly string[];
}

/**
 * Whether the native engine is in this machine's cache, and whether its files are sound: by their sizes, which
 * takes milliseconds, or with `verify: 'checksum'` by their sha256, which takes a second or two. Node only.
 *
 * @example
 * ```ts
 * import { nativeStatus } from '@aimle/engine';
 *
 * const { installed, faults } = await nativeStatus();
 * installed && faults.length > 0; // => false
 * ```
 */
export async function nativeStatus(
  options: { readonly verify?: 'size' | 'checksum' } = {},
): Promise<NativeStatus> {
  return statusOf(currentRecipe, options.verify ?? 'size');
}

/** The status of one recipe's installation. */
export async function statusOf(recipe: Recipe, by: 'size' | 'checksum'): Promise<NativeStatus> {
  const folder = join(nativeBase(), installationName(recipe));
  const manifest = await readManifest(folder);
  if (manifest === undefined) return { installed: false, folder, faults: [] };
  const { tensorflow: version, source, installedAt, files } = manifest;
  const faults = await faultsOf(folder, manifest, by);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { installed: faults.length === 0, folder, version, source, bytes, installedAt, faults };
}
