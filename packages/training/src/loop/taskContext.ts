import { dataFolder } from '@aimle/datasets';
import type { TrainEvent } from '../contracts/progress.js';
import type { TaskContext } from '../contracts/task.js';

/** What a task's preparation gets: the caller's data folder or the user's, a way to be heard, and one to be stopped. */
export function taskContext(
  folder: string | undefined,
  onEvent: (event: TrainEvent) => void,
  signal?: AbortSignal,
): TaskContext {
  const onNode = typeof process !== 'undefined' && process.versions?.node !== undefined;
  return {
    folder: folder ?? (onNode ? dataFolder() : ''),
    ...(signal !== undefined && { signal }),
    note: (message) => onEvent({ kind: 'note', message }),
  };
}
