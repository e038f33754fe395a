import { dataFolder } from '@aimle/datasets';
import type { RunCheckpoint } from '../checkpoint/runCheckpoints.js';
import { loadWeights } from '../checkpoint/weights.js';
import type { Session } from '../contracts/session.js';
import type { Task, TaskContext } from '../contracts/task.js';
import { InterruptedError, RequestError } from '../errors.js';
import type { Run } from '../run/run.js';
import type { TaskConfig } from '../settings/index.js';
import type { TrainEvent } from './runLogger.js';

/** How a task's session is prepared. */
interface Preparation {
  /** Whether to do what is done once, before the first step of a new run. */
  readonly begin: boolean;
  readonly dataFolder: string | undefined;
  readonly onEvent: (event: TrainEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Prepares a task's session for a run, and begins it where it is new.
 *
 * @throws {@link InterruptedError} when the preparation failed after the signal, whatever it threw: an aborted download
 * comes back as many errors.
 */
export async function prepareSession<Config extends TaskConfig, Batch>(
  task: Task<Config, Batch>,
  config: Config,
  { store }: Run,
  { begin, dataFolder: folder, onEvent, signal }: Preparation,
): Promise<Session<Batch>> {
  const context: TaskContext = {
    folder: folder ?? (onNode() ? dataFolder() : ''),
    ...(signal !== undefined && { signal }),
    note: (message) => onEvent({ kind: 'note', message }),
  };
  let session: Session<Batch> | undefined;
  try {
    session = await task.prepare(config, context);
    if (begin && session.begin) {
      // A run that is saved without its beginning would be resumed without it.
      signal?.throwIfAborted();
      await session.begin();
    }
    return session;
  } catch (error) {
    session?.dispose();
    if (!signal?.aborted) throw error;
    throw new InterruptedError(
      `${store.name}: stopped while the run was prepared; nothing was trained, and the same command begins again`,
      { cause: error },
    );
  }
}

function onNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined;
}

/**
 * Puts a checkpoint's weights and adaptive state back into the session.
 *
 * @throws {@link RequestError} when the session has other data than the run was trained on; an error that names the
 * file when the checkpoint does not fit the model.
 */
export function restoreSession<Batch>(
  session: Session<Batch>,
  { store }: Run,
  { path, weights, training: { progress } }: RunCheckpoint,
): void {
  if (progress.data !== session.data) {
    throw new RequestError(
      `${store.name} was trained on other data than there is now; it was trained on "${progress.data}", and now ` +
        `there is "${session.data}"; put the first back, or train a new run on the second`,
    );
  }
  if (progress.stepsPerEpoch !== session.stepsPerEpoch) {
    throw new RequestError(
      `${store.name} was trained with ${progress.stepsPerEpoch} steps an epoch, and the data now gives ` +
        `${session.stepsPerEpoch}; put the same data back`,
    );
  }
  loadWeights(session.model.parameters, weights, path);
  session.model.restore(progress.model);
}
