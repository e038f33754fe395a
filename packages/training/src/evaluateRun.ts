import { requireOwnSettings } from './checkpoint/boundSettings.js';
import { bestCheckpoint, latestCheckpoint, type RunCheckpoint } from './checkpoint/runCheckpoints.js';
import type { Session, Task } from './contracts/session.js';
import { RequestError } from './errors.js';
import {
  ownDataFolder,
  type Preparable,
  prepareSession,
  restoreSession,
  runKeys,
} from './loop/prepareSession.js';
import type { TrainEvent } from './loop/runLogger.js';
import { metricsOf } from './metrics/metrics.js';
import { openRun, type Run } from './run/run.js';
import type { RunStore } from './run/runStore.js';
import { type RunSummary, summaryOf } from './run/runSummary.js';
import type { SettingsTable, TaskConfig } from './settings/index.js';

/** A run with one of its checkpoints, made by {@link openCheckpoint}. */
export interface OpenedCheckpoint<Config> extends Run, RunCheckpoint {
  readonly config: Config;
  readonly name: 'best' | 'last';
}

/**
 * Opens a checkpoint of a run, to predict with its weights.
 *
 * @param task The run's task, or the table of its settings.
 * @param location The run directory, or a store.
 * @param wanted Which checkpoint. Default: the best if there is one, else the last.
 * @returns The run and the checkpoint; with a `warning` to show where the last one is damaged and this is the previous one.
 * @throws {@link RequestError} when there is no such run or checkpoint, the run is of another task, or its `config.json`
 * has other settings than the checkpoint was trained with; an error that names the file when the checkpoint is damaged and
 * none before it is usable.
 * @example
 * ```ts
 * import { loadWeights, openCheckpoint, type RunStore, type Task, type TaskConfig } from '@aimle/training';
 * import type * as tf from '@tensorflow/tfjs';
 *
 * async function load(task: Task<TaskConfig, unknown>, run: RunStore, parameters: Map<string, tf.Variable>) {
 *   const { weights, path } = await openCheckpoint(task, run);
 *   loadWeights(parameters, weights, path);
 * }
 * ```
 */
export async function openCheckpoint<Config>(
  table: Pick<SettingsTable<Config>, 'name' | 'check' | 'rows'>,
  location: string | RunStore,
  wanted?: 'best' | 'last',
): Promise<OpenedCheckpoint<Config>> {
  const run = await openRun(location);
  const { store, record } = run;
  if (record.task !== table.name) {
    throw new RequestError(`${store.name} is a run of the task ${record.task}, not of ${table.name}`);
  }
  const config = table.check(record.config);
  const opened = (checkpoint: RunCheckpoint, name: 'best' | 'last') => {
    requireOwnSettings(table, run, checkpoint);
    return { ...run, config, ...checkpoint, name };
  };
  const best = wanted === 'last' ? null : await bestCheckpoint(store);
  if (best !== null) return opened(best, 'best');
  const last = wanted === 'best' ? null : await latestCheckpoint(store);
  if (last !== null) return opened(last, 'last');
  throw new RequestError(
    `${store.name} has no ${wanted ?? ''} checkpoint yet; train it first`.replace('  ', ' '),
  );
}

/** Settings of {@link evaluateRun}. */
export interface EvaluateOptions {
  /** Which checkpoint. Default: the best if there is one, else the last. */
  readonly checkpoint?: 'best' | 'last';
  /** Called with the notes of the task's preparation. */
  readonly onEvent?: (event: TrainEvent) => void;
  /** Where data sets are. Default: `dataFolder()` of @aimle/datasets. */
  readonly dataFolder?: string;
}

/**
 * Opens a checkpoint of a run, and prepares the task's session with its weights. The caller disposes of the session.
 *
 * @throws As {@link openCheckpoint}; {@link RequestError} also when the data is not what the run was trained on, so that
 * results are never reported for other data.
 * @example
 * ```ts
 * import { openSession, type RunStore, type Task, type TaskConfig } from '@aimle/training';
 *
 * async function draw(task: Task<TaskConfig, unknown>, run: RunStore, figuresKey: [number, number]) {
 *   const { session } = await openSession(task, run);
 *   const figures = await session.figures(figuresKey);
 *   session.dispose();
 *   return figures;
 * }
 * ```
 */
export async function openSession<Config extends TaskConfig, S extends Session<unknown>>(
  task: SettingsTable<Config> & Preparable<Config, S>,
  location: string | RunStore,
  { checkpoint, onEvent = () => {}, dataFolder: folder = ownDataFolder() }: EvaluateOptions = {},
): Promise<OpenedCheckpoint<Config> & { readonly session: S }> {
  const opened = await openCheckpoint(task, location, checkpoint);
  if (opened.warning !== undefined) onEvent({ kind: 'note', message: opened.warning });
  const session = await prepareSession(task, opened.config, opened, { folder, onEvent });
  try {
    restoreSession(session, opened, opened);
  } catch (error) {
    session.dispose();
    throw error;
  }
  return { ...opened, session };
}

/**
 * Measures a run's checkpoint on the test split, without changing the run.
 *
 * It uses the same key as the test at the end of training, so it gives the same numbers on the same engine.
 * `steps`, `train` and `validation` of the summary are those of the checkpoint.
 *
 * @param task The run's task.
 * @param location The run directory, or a store.
 * @throws As {@link openSession}; an error that names the file when the checkpoint does not fit the model.
 * @example
 * ```ts
 * import { evaluateRun, type RunStore, type Task, type TaskConfig } from '@aimle/training';
 *
 * async function compare(task: Task<TaskConfig, unknown>, run: RunStore) {
 *   const best = await evaluateRun(task, run, { checkpoint: 'best' });
 *   const last = await evaluateRun(task, run, { checkpoint: 'last' });
 *   return { best: best.metrics.test, last: last.metrics.test };
 * }
 * ```
 */
export async function evaluateRun<Config extends TaskConfig, Batch>(
  task: Task<Config, Batch>,
  location: string | RunStore,
  options: EvaluateOptions = {},
): Promise<RunSummary> {
  const { session, config, training, name: checkpoint, ...run } = await openSession(task, location, options);
  const { progress } = training;
  try {
    const test = metricsOf(await session.evaluate('test', runKeys(config.seed).evaluation('test')));
    const { validation = null } = (checkpoint === 'best' ? progress.best : progress) ?? {};
    return summaryOf(run, progress, { checkpoint, interrupted: false, validation, test });
  } finally {
    session.dispose();
  }
}
