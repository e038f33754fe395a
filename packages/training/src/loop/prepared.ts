import { InterruptedError } from '../contracts/interruptedError.js';
import type { Session } from '../contracts/session.js';
import type { Task, TaskContext } from '../contracts/task.js';
import type { TaskConfig } from '../settings/index.js';

/**
 * The task's session, begun where it is new.
 *
 * @throws {@link InterruptedError} when the preparation ended without one after the signal, whatever it threw: an
 * aborted download comes back as many errors.
 */
export async function prepared<Config extends TaskConfig, Batch>(
  task: Task<Config, Batch>,
  config: Config,
  context: TaskContext,
  place: string,
  isNew: boolean,
): Promise<Session<Batch>> {
  let session: Session<Batch> | undefined;
  try {
    session = await task.prepare(config, context);
    if (isNew && session.begin) {
      // A run that is saved without its beginning would be resumed without it.
      context.signal?.throwIfAborted();
      await session.begin();
    }
    return session;
  } catch (error) {
    session?.dispose();
    if (!context.signal?.aborted) throw error;
    throw new InterruptedError(
      `${place}: stopped while the run was prepared; nothing was trained, and the same command begins again`,
      { cause: error },
    );
  }
}
