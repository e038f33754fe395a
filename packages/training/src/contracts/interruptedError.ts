/**
 * The signal came while the task prepared its data, and the preparation stopped for it: no step was done, and no
 * checkpoint exists. The same command begins again. (A signal during training is no error: the run is saved, and its
 * summary says `interrupted`.) The command line exits with 130 for it, a shell's code for Ctrl-C.
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
