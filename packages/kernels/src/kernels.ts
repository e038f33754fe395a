import type { Memory } from './memory.js';
import type { Functions, Team } from './threads/team.js';

/**
 * The loaded kernels: the functions of the modules, their memory, and threads.
 *
 * @experimental
 */
export interface Kernels extends Functions {
  readonly memory: Memory;
  /** Threads that work on a large job, including the caller's. */
  readonly threads: number;
  /**
   * Returns the team for work that takes about so many nanoseconds in one thread. The first piece that is worth it
   * starts the workers in the background, and goes on alone.
   */
  team(nanoseconds: number): Team;
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
