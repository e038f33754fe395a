import { nodeOnly } from './nodeOnly.js';

/** What `removeNative` took away. */
export interface NativeRemoval {
  /** The folders removed; empty where there was nothing. */
  readonly removed: readonly string[];
}

/**
 * Removes every installation of the native engine from the cache, of this release and of others, and what
 * killed installations left behind. Nothing else in that folder is touched. Node only.
 *
 * @example
 * ```ts no-run
 * import { removeNative } from '@aimle/engine';
 *
 * const { removed } = await removeNative();
 * ```
 */
export async function removeNative(): Promise<NativeRemoval> {
  const { removeInstallations } = await nodeOnly<typeof import('./removal.js')>('./removal.js');
  return removeInstallations();
}
