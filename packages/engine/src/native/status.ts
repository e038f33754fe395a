import { nodeOnly } from './nodeOnly.js';

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
  const { statusOf } = await nodeOnly<typeof import('./inspection.js')>('./inspection.js');
  return statusOf(options.verify ?? 'size');
}
