import type { Exports } from './exports.js';
import type { Memory } from './memory.js';

/**
 * The loaded kernels: the module's functions, and its memory.
 *
 * @experimental
 */
export interface Kernels extends Omit<Exports, 'memory' | 'firstFreeByte'> {
  readonly memory: Memory;
}

let loaded: Kernels | null = null;

/**
 * Returns the kernels, or `null` where they are not loaded: code that has a kernel asks at each call, and runs its
 * TypeScript otherwise. Both give the same numbers to the last bit.
 *
 * @experimental
 * @example
 * ```ts
 * import { kernels, useKernels } from '@aimle/kernels';
 * await useKernels(false);
 * kernels(); // => null
 * ```
 */
export function kernels(): Kernels | null {
  return loaded;
}

/** Makes `kernels()` return these. */
export function install(found: Kernels | null): void {
  loaded = found;
}
