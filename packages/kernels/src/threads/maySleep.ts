/**
 * Tells whether this thread may sleep in `Atomics.wait`. A browser's main thread may not, so there it spins.
 *
 * @experimental
 * @example
 * ```ts
 * import { maySleep } from '@aimle/kernels';
 * maySleep(); // => true
 * ```
 */
export function maySleep(): boolean {
  try {
    // The value differs, so this returns at once; it throws where waiting is not allowed.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return true;
  } catch {
    return false;
  }
}
