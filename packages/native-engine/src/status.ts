import { join } from 'node:path';
import { type NativeManifest, nativeFaults, nativeLayout, readNativeManifest } from '@aimle/engine/native';
import { fileChecksum } from './system/manifest.js';

/** The state of the native engine in this user's cache folder. */
export interface NativeStatus {
  /** Whether it is installed and intact. */
  readonly installed: boolean;
  /** Its folder, whether it exists or not. */
  readonly folder: string;
  /** The version of TensorFlow. */
  readonly version?: string;
  /** Where TensorFlow came from. */
  readonly source?: string;
  readonly bytes?: number;
  /** Date and time, ISO 8601. */
  readonly installedAt?: string;
  /** The faults of its files, one by one. */
  readonly faults: readonly string[];
}

/**
 * Reports whether the native engine is in the cache folder and whether its files are intact: by their sizes, in
 * milliseconds, as `aimle doctor` does, or also by their sha256, in a second or two, as `aimle engine status` does.
 *
 * @example
 * ```ts
 * import { nativeStatus } from '@aimle/native-engine';
 *
 * const { installed, folder } = await nativeStatus();
 * typeof installed; // => 'boolean'
 * folder.length > 0; // => true
 * ```
 */
export async function nativeStatus({
  verify = 'size',
}: {
  readonly verify?: 'size' | 'checksum';
} = {}): Promise<NativeStatus> {
  const layout = nativeLayout();
  const { folder } = layout;
  const manifest = await readNativeManifest(layout);
  if (manifest === undefined) return { installed: false, folder, faults: [] };
  const { tensorflow: version, source, installedAt, files } = manifest;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const bySize = await nativeFaults(layout, manifest);
  const faults =
    verify === 'checksum' && bySize.length === 0 ? await otherChecksums(folder, manifest) : bySize;
  return { installed: faults.length === 0, folder, version, source, bytes, installedAt, faults };
}

async function otherChecksums(folder: string, { files }: NativeManifest): Promise<string[]> {
  const faults = await Promise.all(
    files.map(async ({ path, sha256 }) =>
      (await fileChecksum(join(folder, path))) === sha256 ? [] : [`${path} has another checksum`],
    ),
  );
  return faults.flat();
}
