import type { Adam } from '@aimle/engine';
import { latestCheckpoint, type RunCheckpoint } from '../checkpoint/checkpoints.js';
import { loadWeights } from '../checkpoint/weights.js';
import { RequestError } from '../contracts/requestError.js';
import type { Session } from '../contracts/session.js';
import { openRun, type Run, type RunEngine, type RunRecord } from '../run/run.js';
import type { RunStore } from '../run/store.js';
import { requireSameData } from './sameData.js';

const mayChange = ['epochs', 'steps'];

/**
 * Opens a run to go on with it, and its latest checkpoint; null when it was stopped before its first.
 *
 * @throws {@link RequestError} when the run is of another task or another configuration.
 */
export async function reopen(
  location: string | RunStore,
  task: string,
  config: RunRecord['config'],
): Promise<{ run: Run; checkpoint: RunCheckpoint | null }> {
  const run = await openRun(location);
  const { store, record } = run;
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
        'keep them, or begin a new run (only epochs and steps may change)',
    );
  }
  const checkpoint = await latestCheckpoint(store);
  if (checkpoint === null && (await store.read('metrics.jsonl'))?.length) {
    throw new RequestError(`${store.name} has metrics but no checkpoint to go on from; begin a new run`);
  }
  return { run, checkpoint };
}

/**
 * Puts a checkpoint back into the session and the optimiser.
 *
 * @returns What the user should know about the difference to the earlier sessions.
 * @throws {@link RequestError} when the data is not what the run was trained on; an error when the checkpoint does not
 * fit the model.
 */
export function restore<Batch>(
  { weights, training: { progress, adam } }: RunCheckpoint,
  session: Session<Batch>,
  optimiser: Adam,
  engine: RunEngine,
  place: string,
): string[] {
  requireSameData(place, progress, session);
  if (progress.stepsPerEpoch !== session.stepsPerEpoch) {
    throw new RequestError(
      `${place} was trained with ${progress.stepsPerEpoch} steps an epoch, and the data now gives ` +
        `${session.stepsPerEpoch}; put the same data back`,
    );
  }
  loadWeights(session.model.parameters, weights, `the checkpoint of ${place}`);
  optimiser.importState(adam);
  session.model.restore(progress.model);
  const notes: string[] = [];
  if (describe(progress.engine) !== describe(engine)) {
    notes.push(
      `The run was on ${describe(progress.engine)} and goes on on ${describe(engine)}: ` +
        'a resumed run is equal bit for bit only on the same engine.',
    );
  }
  return notes;
}

function describe({ name, version, threads }: RunEngine): string {
  return `${name} ${version} with ${threads} thread${threads === 1 ? '' : 's'}`;
}

function text(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}
