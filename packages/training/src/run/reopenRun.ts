import { differingSettings, requireOwnSettings } from '../checkpoint/boundSettings.js';
import { latestCheckpoint, type RunCheckpoint } from '../checkpoint/runCheckpoints.js';
import { RequestError } from '../errors.js';
import type { TrainEvent } from '../loop/runLogger.js';
import { requireSameMetrics } from '../metrics/metrics.js';
import type { SettingsTable } from '../settings/index.js';
import { engineInUse, openRun, type Run, type RunEngine, type RunRecord } from './run.js';
import type { RunStore } from './runStore.js';

/** Opens a run to continue it under `config`, with its latest checkpoint; null if it was stopped before the first. */
export async function reopenRun(
  store: RunStore,
  task: SettingsTable<unknown>,
  config: RunRecord['config'],
): Promise<{ run: Run; checkpoint: RunCheckpoint | null }> {
  const { record } = await openRun(store);
  if (record.task !== task.name) {
    throw new RequestError(
      `${store.name} is a run of the task ${record.task}, and cannot be resumed as ${task.name}`,
    );
  }
  task.check(record.config);
  const differing = differingSettings(task, record.config, config);
  if (differing.length > 0) {
    throw new RequestError(
      `${store.name} cannot be resumed with other settings: ${differing.join('; ')}; ` +
        'keep them, or start a new run (only epochs and steps may change)',
    );
  }
  const checkpoint = await latestCheckpoint(store);
  if (checkpoint === null && record.init !== undefined) {
    throw new RequestError(
      `${store.name} was stopped before its first checkpoint, so the weights of ${record.init} are not in it; start a new run with them`,
    );
  }
  if (checkpoint === null && (await store.read('metrics.jsonl'))?.length) {
    throw new RequestError(`${store.name} has metrics but no checkpoint to continue from; start a new run`);
  }
  const run = { store, record: { ...record, config } };
  if (checkpoint !== null) {
    requireOwnSettings(task, run, checkpoint);
    await requireSameMetrics(store, checkpoint.training.progress);
  }
  return { run, checkpoint };
}

/** Notes that a run continues on another engine. */
export function noteOtherEngine(before: RunEngine, onEvent: (event: TrainEvent) => void): void {
  const describe = ({ name, version, threads }: RunEngine) =>
    `${name} ${version} with ${threads} thread${threads === 1 ? '' : 's'}`;
  const [was, is] = [describe(before), describe(engineInUse())];
  if (was === is) return;
  const message = `The run used ${was} and continues on ${is}: a resumed run is equal bit for bit only on the same engine.`;
  onEvent({ kind: 'note', message });
}

/** Notes that a run continues with another number of workers. */
export function noteOtherWorkers(
  record: RunRecord,
  workers: number,
  onEvent: (event: TrainEvent) => void,
): void {
  const { workers: before = 1 } = record.resumed.at(-1) ?? record;
  if (before === workers) return;
  const described = `${before} worker${before === 1 ? '' : 's'}`;
  const message = `The run used ${described} and continues with ${workers}: its numbers are equal up to the order of sums.`;
  onEvent({ kind: 'note', message });
}
