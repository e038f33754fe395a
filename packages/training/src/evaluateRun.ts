import { bestCheckpoint, latestCheckpoint, type RunCheckpoint } from './checkpoint/runCheckpoints.js';
import type { Task } from './contracts/task.js';
import { RequestError } from './errors.js';
import { prepareSession, restoreSession, runKeys } from './loop/prepareSession.js';
import type { TrainEvent } from './loop/runLogger.js';
import { metricsOf } from './metrics/metrics.js';
import { openRun, type Run } from './run/run.js';
import type { RunStore } from './run/runStore.js';
import { type RunSummary, summaryOf } from './run/runSummary.js';
import type { TaskConfig } from './settings/index.js';

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
 * Measures a run's checkpoint on the test split, without changing the run.
 *
 * It uses the same key as the test at the end of training, so it gives the same numbers on the same engine.
 * `steps`, `train` and `validation` of the summary are those of the checkpoint.
 *
 * @param task The run's task.
 * @param location The run directory, or a store.
 * @throws {@link RequestError} when there is no such run or checkpoint, the run is of another task, or the data is not
 * what it was trained on, so that results are never reported for other data; an error that names the file when the
 * checkpoint is damaged or does not fit the model.
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
  const { onEvent = () => {}, dataFolder } = options;
  const run = await openRun(location);
  if (run.record.task !== task.name) {
    throw new RequestError(`${run.store.name} is a run of the task ${run.record.task}, not of ${task.name}`);
  }
  const checkpoint = await chosen(run, options.checkpoint);
  const { progress } = checkpoint.training;
  const config = task.check(run.record.config);
  const session = await prepareSession(task, config, run, { begin: false, dataFolder, onEvent });
  try {
    restoreSession(session, run, checkpoint);
    const test = metricsOf(await session.evaluate('test', runKeys(config.seed).evaluation('test')));
    const { validation = null } = (checkpoint.name === 'best' ? progress.best : progress) ?? {};
    return summaryOf(run, progress, { checkpoint: checkpoint.name, interrupted: false, validation, test });
  } finally {
    session.dispose();
  }
}

async function chosen(
  { store }: Run,
  wanted: 'best' | 'last' | undefined,
): Promise<RunCheckpoint & { readonly name: 'best' | 'last' }> {
  const best = wanted === 'last' ? null : await bestCheckpoint(store);
  if (best !== null) return { ...best, name: 'best' };
  const last = wanted === 'best' ? null : await latestCheckpoint(store);
  if (last !== null) return { ...last, name: 'last' };
  throw new RequestError(`${store.name} has no ${wanted ?? ''} checkpoint to evaluate`.replace('  ', ' '));
}
