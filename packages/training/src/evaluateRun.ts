import { bestCheckpoint, latestCheckpoint, type RunCheckpoint } from './checkpoint/checkpoints.js';
import { loadWeights } from './checkpoint/weights.js';
import type { TrainEvent } from './contracts/progress.js';
import { RequestError } from './contracts/requestError.js';
import type { RunSummary } from './contracts/summary.js';
import type { Task } from './contracts/task.js';
import { runKeys } from './loop/keys.js';
import { metricsOf } from './loop/metricsOf.js';
import { requireSameData } from './loop/sameData.js';
import { summaryOf } from './loop/summaryOf.js';
import { taskContext } from './loop/taskContext.js';
import { openRun, type Run } from './run/run.js';
import type { RunStore } from './run/store.js';
import type { TaskConfig } from './settings/index.js';

/**
 * Settings of {@link evaluateRun}.
 *
 * @example
 * ```ts
 * import type { EvaluateOptions } from '@aimle/training';
 *
 * const options: EvaluateOptions = { checkpoint: 'last' };
 * options.checkpoint; // => 'last'
 * ```
 */
export interface EvaluateOptions {
  /** Which checkpoint. Default: the best where there is one, else the last. */
  readonly checkpoint?: 'best' | 'last';
  /** Hears the notes of the task's preparation. */
  readonly onEvent?: (event: TrainEvent) => void;
  /** Where data sets are. Default: `dataFolder()` of @aimle/datasets. */
  readonly dataFolder?: string;
}

/**
 * Measures a run's checkpoint on the test split. Changes nothing in the run.
 *
 * It tests under the same key as training does at its end, so on the same engine it gives the same numbers.
 * `steps`, `train` and `validation` of the summary are those of the checkpoint.
 *
 * @param task The run's task.
 * @param location The run directory, or a store.
 * @throws {@link RequestError} when there is no such run or checkpoint, the run is of another task, or the data is not
 * what it was trained on, so that no number is told of the wrong data; an error that names the file when the checkpoint is damaged or does not fit the model.
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
  const { onEvent = () => {} } = options;
  const run = await openRun(location);
  if (run.record.task !== task.name) {
    throw new RequestError(`${run.store.name} is a run of the task ${run.record.task}, not of ${task.name}`);
  }
  const { name, weights, training } = await chosen(run, options.checkpoint);
  const { progress } = training;
  const config = task.check(run.record.config);
  const session = await task.prepare(config, taskContext(options.dataFolder, onEvent));
  try {
    requireSameData(run.store.name, progress, session);
    loadWeights(session.model.parameters, weights, `the ${name} checkpoint of ${run.store.name}`);
    session.model.restore(progress.model);
    const test = metricsOf(await session.evaluate('test', runKeys(config.seed).evaluation('test')));
    const validation = (name === 'best' ? progress.best?.validation : progress.validation) ?? null;
    return summaryOf(run, progress, { checkpoint: name, interrupted: false, validation, test });
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
