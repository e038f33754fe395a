import { InterruptedError } from '../contracts/interruptedError.js';
import type { Session } from '../contracts/session.js';
import type { Task, TaskConfig, TaskContext } from '../contracts/task.js';

/**
 * The task's session.
 *
 * @throws {@link InterruptedError} when the preparation ended without one after the signal, whatever it threw: an
 * aborted download comes back as many errors.
 */
export async function prepared<Config extends TaskConfig, Batch>(
  task: Task<Config, Batch>,
  config: Config,
  context: TaskContext,
  place: string,
): Promise<Session<Batch>> {
  try {
    return await task.prepare(config, context);
  } catch (error) {
    if (!context.signal?.aborted) throw error;
    throw new InterruptedError(
      `${place}: stopped while the data was prepared; nothing was trained, and the same command begins again`,
      { cause: error },
    );
  }
}
