import { latestCheckpoint, type RunCheckpoint } from '../checkpoint/runCheckpoints.js';
import { RequestError } from '../errors.js';
import { openRun, type Run, type RunRecord } from '../run/run.js';
import type { RunStore } from '../run/runStore.js';

const mayChange = ['epochs', 'steps'];

/**
 * Opens a run to continue it under `config`, with its latest checkpoint; null if it was stopped before the first.
 *
 * @throws {@link RequestError} when the run has another task or configuration.
 */
export async function reopenRun(
  location: string | RunStore,
  task: string,
  config: RunRecord['config'],
): Promise<{ run: Run; checkpoint: RunCheckpoint | null }> {
  const { store, record } = await openRun(location);
  if (record.task !== task) {
    throw new RequestError(
      `${store.name} is a run of the task ${record.task}, and cannot be resumed as ${task}`,
    );
  }
  const differing = [...new Set([...Object.keys(record.config), ...Object.keys(config)])]
    .filter((setting) => !mayChange.includes(setting))
    .map((setting) => ({ setting, was: text(record.config[setting]), is: text(config[setting]) }))
    .filter(({ was, is }) => was !== is);
  if (differing.length > 0) {
    const list = differing.map(({ setting, was, is }) => `${setting} was ${was}, now ${is}`).join('; ');
    throw new RequestError(
      `${store.name} cannot be resumed with other settings: ${list}; ` +
        'keep them, or start a new run (only epochs and steps may change)',
    );
  }
  const checkpoint = await latestCheckpoint(store);
  if (checkpoint === null && (await store.read('metrics.jsonl'))?.length) {
    throw new RequestError(`${store.name} has metrics but no checkpoint to continue from; start a new run`);
  }
  return { run: { store, record: { ...record, config } }, checkpoint };
}

function text(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
