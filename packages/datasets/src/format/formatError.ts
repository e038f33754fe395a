/**
 * The error for bytes that do not follow their format: cut short, corrupt, or of another format. The message begins
 * with the name of the file, and says what was expected and what was found.
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
