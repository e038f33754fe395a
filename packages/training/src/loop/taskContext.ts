import { dataFolder } from '@aimle/datasets';
import type { TrainEvent } from '../contracts/progress.js';
import type { TaskContext } from '../contracts/task.js';

/** What a task's preparation gets: the caller's data folder or the user's, and a way to be heard. */
export function taskContext(folder: string | undefined, onEvent: (event: TrainEvent) => void): TaskContext {
  const onNode = typeof process !== 'undefined' && process.versions?.node !== undefined;
  return {
    folder: folder ?? (onNode ? dataFolder() : ''),
    note: (message) => onEvent({ kind: 'note', message }),
  };
}
