/**
 * Says that the request was wrong and nothing was started: a setting out of range, a folder that already holds a run, a
 * resumed run with another configuration. The command line exits with 2 for it, and with 1 for any other error.
 *
 * Import it from `@aimle/training/errors` where TensorFlow.js must not be loaded.
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

/**
 * Says that the signal came during the task's preparation: no step was done, and there is no checkpoint. The same command
 * starts again. (A signal during training is not an error: the run is saved, and its summary says `interrupted`.)
 * The command line exits with 130 for it, a shell's code for Ctrl-C.
 *
 * @example
 * ```ts
 * import { InterruptedError, memoryStore, type Task, type TaskConfig, trainTask } from '@aimle/training';
 *
 * async function wasTrained(task: Task<TaskConfig, unknown>, signal: AbortSignal): Promise<boolean> {
 *   try {
 *     return !(await trainTask(task, task.presets.quick, { run: memoryStore('scratch'), signal })).interrupted;
 *   } catch (error) {
 *     if (error instanceof InterruptedError) return false;
 *     throw error;
 *   }
 * }
 * ```
 */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
}

/**
 * Returns the message of whatever was thrown, which need not be an error.
 *
 * @example
 * ```ts
 * import { messageOf } from '@aimle/training/errors';
 *
 * messageOf(new Error('the disk is full')); // => 'the disk is full'
 * messageOf('a string was thrown'); // => 'a string was thrown'
 * ```
 */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
