/**
 * Bytes that are not what their format says: cut short, corrupt, or of another kind. The message begins with the name
 * of the file, and tells what was expected and what was found.
 *
 * @example
 * ```ts
 * import { FormatError, readIdx } from '@aimle/datasets';
 *
 * let problem: unknown;
 * try {
 *   readIdx(Uint8Array.of(1, 2, 3), 'labels.idx');
 * } catch (error) {
 *   problem = error;
 * }
 * problem instanceof FormatError // => true
 * ```
 */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}
