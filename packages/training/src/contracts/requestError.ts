/**
 * The request was wrong, and nothing was begun: a setting out of range, a folder that already holds a run, a resumed
 * run with another configuration. The command line exits with 2 for it, and with 1 for any other error.
 *
 * @example
 * ```ts
 * import { RequestError } from '@aimle/training';
 *
 * function checkWidth(width: number): void {
 *   if (width < 1) throw new RequestError(`width must be at least 1, got ${width}`);
 * }
 * let message = '';
 * try {
 *   checkWidth(0);
 * } catch (error) {
 *   if (error instanceof RequestError) message = error.message;
 * }
 * message; // => 'width must be at least 1, got 0'
 * ```
 */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}
