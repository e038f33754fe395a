import * as tf from '@tensorflow/tfjs';
import { replaceDamagedLast } from './checkpoint/runCheckpoints.js';
import { loadWeights, type Weights } from './checkpoint/weights.js';
import type { Session, Task } from './contracts/session.js';
import { InterruptedError, messageOf, RequestError } from './errors.js';
import { jsonText } from './json.js';
import { beginSession, ownDataFolder, prepareSession, restoreSession } from './loop/prepareSession.js';
import { RunLogger, type TrainEvent } from './loop/runLogger.js';
import type { Stepper } from './loop/stepper.js';
import { Trainer } from './loop/trainer.js';
import { checkWorkers, requestedStepper, teamSize } from './parallel/requestedStepper.js';
import { clearFailure, keepFailure } from './run/failure.js';
import { noteOtherEngine, noteOtherWorkers, reopenRun } from './run/reopenRun.js';
import {
  createRun,
  engineInUse,
  openRun,
  type RunRecord,
  type RunStart,
  recordResumption,
  storeAt,
} from './run/run.js';
import type { RunStore } from './run/runStore.js';
import type { RunSummary } from './run/runSummary.js';
import { type GivenSettings, unreadSettings } from './settings/configure.js';
import { type TaskConfig, titlesOf } from './settings/index.js';

/** Settings of {@link trainTask}. */
export interface TrainOptions {
  /** The run directory, or a store of your own. */
  readonly run: string | RunStore;
  /** Resume the existing run instead of starting a new one. Default false. */
  readonly resume?: boolean;
  /**
   * Weights that a new run begins with, such as those of another run or of PyTorch, and their name in messages. The
   * session's `begin` is then left out.
   */
  readonly init?: { readonly weights: Weights; readonly name: string };
  /** Stops after the current step and saves the run; also stops the task's preparation. */
  readonly signal?: AbortSignal;
  /** Called with every event, at least once per step, so it must be fast. */
  readonly onEvent?: (event: TrainEvent) => void;
  /** Name of the preset that the configuration came from, for the record. */
  readonly preset?: string;
  /** The command line, for the record. */
  readonly command?: string;
  /** Versions of programs, for the record. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Where data sets are. Default: `dataFolder()` of @aimle/datasets. */
  readonly dataFolder?: string;
  /**
   * How many workers share each step, in [1, 256]; default 1. Each has a thread and an engine of its own, and computes a part
   * of the batch. The numbers are those of one worker up to the order of sums. Only in Node, on the engines wasm and
   * cpu, and for tasks that are {@link Task.parallel}; a resumed run may have another number.
   */
  readonly workers?: number;
  /** Seconds between checkpoints within an epoch. Default 60. */
  readonly checkpointSeconds?: number;
}

/**
 * Trains a task in a new run or a resumed one, and keeps everything in a run directory.
 *
 * Each step minimises the mean of the model's losses by Adam (Kingma and Ba 2015) under its own key, which
 * depends on `config.seed` and the step's number. Each epoch ends with a validation and a checkpoint; if the session
 * selects, the best one is kept too. Checkpoints are also saved every `checkpointSeconds`, and at the signal. At the end,
 * the best checkpoint (or the last) is tested, and its figures are drawn.
 *
 * A run that was killed at any moment can be resumed: weights, moments, adaptive state, keys, position and running means
 * are restored, and metrics beyond the checkpoint are cut off. On the same engine, the resumed run equals an uninterrupted
 * one bit for bit, except for times. `epochs` and `steps` may be raised to continue after the end; if that end was inside
 * an epoch, its validation has taken part in the selection.
 *
 * Call `useEngine` first. **Cost**: one read from the engine per step. No tensors are leaked.
 *
 * @param task What to train.
 * @param config The task's settings: a preset, or a changed copy of one.
 * @returns The summary; `interrupted` is true after a signal.
 * @throws {@link RequestError} when nothing was started: a setting out of range, a folder that already holds a run,
 * cannot be written or is in use by another training, a resumption with other settings or other data. {@link InterruptedError} when the signal stopped
 * the preparation. An error that names the step and the instances when a loss is not finite, or the parameter when its
 * gradient is not; one that says what to do when the disk is full or the checkpoint is damaged. The last checkpoint is
 * unchanged in each case.
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 * import { fillNormal, foldIn, key } from '@aimle/random';
 * import { linear, loopSettings, memoryStore, settingsTable, type Task, type TaskConfig, trainTask } from '@aimle/training';
 * import * as tf from '@tensorflow/tfjs';
 *
 * const settings = settingsTable({
 *   name: 'line', title: 'Learning y = 2 x + 1', about: 'Fits a line.',
 *   groups: { Training: loopSettings }, presets: { paper: { epochs: 3, learningRate: 0.1 }, quick: {} },
 * });
 * const line: Task<TaskConfig, tf.Tensor2D> = {
 *   ...settings,
 *   async prepare({ seed }) {
 *     const layer = linear({ name: 'line', inputs: 1, outputs: 1, key: key(seed), init: 'kaiming-uniform' });
 *     const losses = (x: tf.Tensor2D) =>
 *       tf.squaredDifference(layer.apply(x), x.mul(2).add(1)).sum<tf.Tensor1D>(1);
 *     return {
 *       model: { parameters: layer.parameters, losses, observations: () => ({}), state: () => null, restore() {} },
 *       data: 'Numbers drawn from a normal distribution.',
 *       stepsPerEpoch: 100,
 *       batch(epoch, index) {
 *         const x = new Float32Array(16);
 *         fillNormal(foldIn(foldIn(key(seed), epoch), index), x);
 *         return tf.tensor2d(x, [16, 1]);
 *       },
 *       disposeBatch: (x) => x.dispose(),
 *       evaluate: async () => ({ slope: (await layer.parameters.get('line.weight')!.data())[0]! }),
 *       figures: async () => [],
 *       dispose: () => layer.dispose(),
 *     };
 *   },
 * };
 *
 * await useEngine('auto');
 * const { steps, metrics } = await trainTask(line, line.presets.quick, { run: memoryStore('scratch') });
 * steps; // => 300
 * metrics.test; // => { slope: ~2.00 }
 * ```
 */
export async function trainTask<Config extends TaskConfig, Batch>(
  task: Task<Config, Batch>,
  config: Config,
  options: TrainOptions,
): Promise<RunSummary> {
  task.check(config);
  const { checkpointSeconds = 60, run: location, resume = false, workers = 1 } = options;
  if (!(checkpointSeconds > 0)) {
    throw new RequestError(`checkpointSeconds must be above 0, got ${checkpointSeconds}`);
  }
  checkWorkers(task, config, workers);
  const store = storeAt(location);
  if (resume) await openRun(store); // throws before the lock makes a folder
  const unlock = await store.lock?.();
  try {
    return await trainIn(store, task, config, { ...options, checkpointSeconds, resume, workers });
  } finally {
    await unlock?.();
  }
}

/** Trains in a store that nobody else trains in. */
async function trainIn<Config extends TaskConfig, Batch>(
  store: RunStore,
  task: Task<Config, Batch>,
  config: Config,
  options: TrainOptions & Required<Pick<TrainOptions, 'checkpointSeconds' | 'resume' | 'workers'>>,
): Promise<RunSummary> {
  const { checkpointSeconds, onEvent = () => {}, signal, resume, init, workers } = options;
  const folder = options.dataFolder ?? ownDataFolder();
  // Opened before anything slow, so that a wrong request is reported at once.
  const settings = JSON.parse(jsonText(config, `the configuration of ${task.name}`));
  const { run, checkpoint } = resume
    ? await reopenRun(store, task, settings)
    : { run: await createRun(store, recordOf(task, settings, options)), checkpoint: null };
  const session = await prepareSession(task, config, run, { folder, onEvent, signal });
  let stepper: Stepper | undefined;
  try {
    const from = checkpoint?.training.progress ?? null;
    const step = from?.step ?? 0;
    const steps = stepsOf(config, session, step);
    if (checkpoint !== null) {
      restoreSession(session, run, checkpoint);
      if (checkpoint.warning !== undefined) onEvent({ kind: 'note', message: checkpoint.warning });
      noteOtherEngine(checkpoint.training.progress.engine, onEvent);
      noteOtherWorkers(run.record, workers, onEvent);
    }
    if (checkpoint === null && init !== undefined) beginWith(session, init);
    const begins = checkpoint === null && init === undefined && session.begin !== undefined;
    onEvent({
      kind: 'start',
      task: task.name,
      title: task.title,
      run: run.store.name,
      data: session.data,
      engine: engineInUse().name,
      workers: teamSize(session, workers),
      parameters: [...session.model.parameters.values()].reduce((sum, { size }) => sum + size, 0),
      step,
      steps,
      stepsPerEpoch: session.stepsPerEpoch,
      beginSteps: begins ? (session.beginSteps ?? 0) : 0,
    });
    const began = performance.now();
    let trainer: Trainer<Batch> | undefined;
    try {
      if (begins) await beginSession(session, run, signal, (done) => onEvent({ kind: 'begin', ...done }));
      // Workers start from what the session is now.
      stepper = await requestedStepper({ task, config, session, workers, folder, onEvent });
      if (checkpoint !== null) stepper.importState(checkpoint.training.adam);
      const logger = await RunLogger.open(run.store, from, onEvent);
      const context = { run, session, config, stepper, logger, steps, checkpointSeconds, signal, began };
      trainer = new Trainer(context, from);
      // Only now, since a resumption that is refused must leave the run as it was.
      if (checkpoint?.warning !== undefined) await replaceDamagedLast(store);
      if (resume) await recordResumption(run, startOf(options, step));
      await clearFailure(run.store);
      const summary = await trainer.run();
      logger.notify({ kind: 'end', summary });
      return summary;
    } catch (error) {
      const refused = error instanceof RequestError || error instanceof InterruptedError;
      if (trainer !== undefined || !refused) await keepFailure(run.store, trainer?.step ?? step, error);
      throw error;
    }
  } finally {
    await stepper?.dispose();
    session.dispose();
  }
}

/** Loads the weights that a new run begins with. Throws when they do not fit the model. */
function beginWith({ model }: Session<unknown>, { weights, name }: NonNullable<TrainOptions['init']>): void {
  try {
    loadWeights(model.parameters, weights, name);
  } catch (error) {
    throw new RequestError(messageOf(error), { cause: error });
  }
}

function recordOf<Config extends TaskConfig, Batch>(
  task: Task<Config, Batch>,
  config: RunRecord['config'],
  options: TrainOptions,
): Parameters<typeof createRun>[1] {
  const { preset = null, init } = options;
  return {
    task: task.name,
    title: task.title,
    titles: titlesOf(task),
    meanings: task.metrics,
    unread: unreadSettings(task, config as GivenSettings),
    preset,
    config,
    ...(init !== undefined && { init: init.name }),
    ...startOf(options, 0),
  };
}

function startOf({ command, versions, workers = 1 }: TrainOptions, step: number): RunStart {
  const node = typeof process === 'undefined' ? {} : { node: process.version };
  return {
    command: command ?? null,
    engine: engineInUse(),
    workers,
    step,
    time: new Date().toISOString(),
    versions: { tfjs: tf.version.tfjs, ...node, ...versions },
  };
}

function stepsOf(config: TaskConfig, { stepsPerEpoch }: Session<unknown>, done: number): number {
  if (!Number.isSafeInteger(stepsPerEpoch) || stepsPerEpoch < 1) {
    throw new Error(`the session's stepsPerEpoch must be a positive integer, got ${stepsPerEpoch}`);
  }
  const steps = config.steps ?? config.epochs * stepsPerEpoch;
  if (done > steps) {
    throw new RequestError(
      `the run has done ${done} steps already, got a total of ${steps}; raise epochs or steps`,
    );
  }
  return steps;
}
