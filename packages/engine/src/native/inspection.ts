import { join } from 'node:path';
import { installationName, nativeBase } from './cache/folders.js';
import { faultsOf, readManifest } from './cache/manifest.js';
import { currentRecipe, type Recipe } from './sources/recipe.js';
import type { NativeStatus } from './status.js';

/** The status of one recipe's installation. */
export async function statusOf(
  by: 'size' | 'checksum',
  recipe: Recipe = currentRecipe,
): Promise<NativeStatus> {
  const folder = join(nativeBase(), installationName(recipe));
  const manifest = await readManifest(folder);
  if (manifest === undefined) return { installed: false, folder, faults: [] };
  const { tensorflow: version, source, installedAt, files } = manifest;
  const faults = await faultsOf(folder, manifest, by);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { installed: faults.length === 0, folder, version, source, bytes, installedAt, faults };
}
