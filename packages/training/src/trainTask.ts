import { adam } from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import type { RunCheckpoint } from './checkpoint/checkpoints.js';
import { jsonText } from './checkpoint/jsonText.js';
import type { TrainEvent } from './contracts/progress.js';
import { RequestError } from './contracts/requestError.js';
import type { Session } from './contracts/session.js';
import type { RunSummary } from './contracts/summary.js';
import type { Task } from './contracts/task.js';
import { conclude } from './loop/conclude.js';
import { engineInUse } from './loop/engineInUse.js';
import { Journal } from './loop/journal.js';
import { runKeys } from './loop/keys.js';
import { prepared } from './loop/prepared.js';
import { reopen, restore } from './loop/resume.js';
import { taskContext } from './loop/taskContext.js';
import { Trainer } from './loop/trainer.js';
import { createRun, type Run, type RunStart, recordResumption } from './run/run.js';
import type { RunStore } from './run/store.js';
import { type TaskConfig, titlesOf } from './settings/index.js';

/**
 * Settings of {@link trainTask}.
 *
 * @example
 * ```ts
 * import { memoryStore, type TrainOptions } from '@aimle/training';
 *
 * const options: TrainOptions = { run: memoryStore('scratch'), checkpointSeconds: 10 };
 * options.checkpointSeconds; // => 10
 * ```
 */
export interface TrainOptions {
  /** The run directory, or a store of your own. */
  readonly run: string | RunStore;
  /** Go on with the run that is there, instead of beginning one. Default false. */
  readonly resume?: boolean;
  /** Stops after the step that is under way, and saves; the task's preparation hears it too. */
  readonly signal?: AbortSignal;
  /** Hears everything while it happens. Called at every step, so be quick. */
  readonly onEvent?: (event: TrainEvent) => void;
  /** Name of the preset that the configuration came from, for the record. */
  readonly preset?: string;
  /** The command line, for the record. */
  readonly command?: string;
  /** Versions of the programs at work, for the record. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Where data sets are. Default: `dataFolder()` of @aimle/datasets. */
  readonly dataFolder?: string;
  /** Seconds between checkpoints within an epoch. Default 60. */
  readonly checkpointSeconds?: number;
}

/**
 * Trains a task, from nothing or from where a run was stopped, and keeps everything in a run directory.
 *
 * Each step minimises the mean of the model's losses by Adam (Kingma and Ba 2015) under a key of its own, which
 * follows from `config.seed` and the step's number. Each epoch ends with a validation and a checkpoint; where the
 * session selects, the best one is kept too. Checkpoints are also saved every `checkpointSeconds`, and at the signal.
 * In the end the best checkpoint (else the last) is tested, and its figures are drawn.
 *
 * Killed at any moment, the run resumes: weights, moments, adaptive state, keys, position and running means are put
 * back, and metrics beyond the checkpoint are cut off, so that on the same engine the resumed run equals an
 * uninterrupted one bit for bit, save for times. `epochs` and `steps` may be raised to go on after the end; if that
 * end was inside an epoch, its validation has taken part in the selection.
 *
 * Call `useEngine` first. One read from the engine for each step, and no tensor stays behind.
 *
 * @param task What to train.
 * @param config The task's settings: a preset, or a changed copy of one.
 * @returns The summary; `interrupted` is true after a signal.
 * @throws {@link RequestError} when nothing was begun: a setting out of range, a folder that already holds a run or
 * cannot be written, a resumption with other settings or other data. {@link InterruptedError} when the signal stopped
 * the preparation. An error that names the step and the instances when a loss is not finite, or the parameter when its
 * gradient is not; one that says what to do when the disk is full or the checkpoint is damaged. The last checkpoint is
 * untouched in each case.
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
  const { checkpointSeconds = 60, onEvent = () => {}, signal } = options;
  if (!(checkpointSeconds > 0)) {
    throw new RequestError(`checkpointSeconds must be above 0, got ${checkpointSeconds}`);
  }
  const { run, checkpoint } = await begin(task, config, options);
  const { store } = run;
  const context = taskContext(options.dataFolder, onEvent, signal);
  const session = await prepared(task, config, context, store.name, checkpoint === null);
  try {
    const steps = stepsOf(config, session, checkpoint);
    const optimiser = adam({ learningRate: config.learningRate, epsilon: config.adamEpsilon });
    if (checkpoint !== null) {
      const notes = restore(checkpoint, session, optimiser, engineInUse(), store.name);
      for (const message of notes) onEvent({ kind: 'note', message });
    }
    const from = checkpoint?.training.progress ?? null;
    if (options.resume) await recordResumption(run, run.record.config, startOf(options, from?.step ?? 0));
    const journal = await Journal.open(store, from, onEvent);
    journal.tell({
      kind: 'start',
      task: task.name,
      title: task.title,
      run: store.name,
      data: session.data,
      engine: engineInUse().name,
      parameters: sizeOf(session.model.parameters),
      step: from?.step ?? 0,
      steps,
      stepsPerEpoch: session.stepsPerEpoch,
    });
    const keys = runKeys(config.seed);
    const trainer = new Trainer(
      {
        task: task.name,
        session,
        store,
        journal,
        optimiser,
        learningRate: learningRateOf(config, session.stepsPerEpoch),
        keys,
        engine: engineInUse(),
        steps,
        checkpointSeconds,
        signal,
      },
      from,
    );
    const progress = await trainer.train();
    const interrupted = signal?.aborted === true;
    const summary = await conclude({ run, session, journal, keys, progress, interrupted });
    journal.tell({ kind: 'end', summary });
    return summary;
  } finally {
    session.dispose();
  }
}

/** Opens the place for the run before anything slow happens, so that a wrong request is told at once. */
async function begin<Config extends TaskConfig, Batch>(
  task: Task<Config, Batch>,
  config: Config,
  options: TrainOptions,
): Promise<{ run: Run; checkpoint: RunCheckpoint | null }> {
  const settings = JSON.parse(jsonText(config, `the configuration of ${task.name}`));
  if (options.resume) {
    const { run, checkpoint } = await reopen(options.run, task.name, settings);
    return { run: { ...run, record: { ...run.record, config: settings } }, checkpoint };
  }
  const run = await createRun(options.run, {
    task: task.name,
    preset: options.preset ?? null,
    config: settings,
    titles: titlesOf(task),
    ...startOf(options, 0),
  });
  return { run, checkpoint: null };
}

function startOf(options: TrainOptions, step: number): RunStart {
  const node = typeof process === 'undefined' ? {} : { node: process.version };
  return {
    command: options.command ?? null,
    engine: engineInUse(),
    step,
    time: new Date().toISOString(),
    versions: { tfjs: tf.version.tfjs, ...node, ...options.versions },
  };
}

function stepsOf<Batch>(
  config: TaskConfig,
  session: Session<Batch>,
  checkpoint: RunCheckpoint | null,
): number {
  const { stepsPerEpoch } = session;
  if (!Number.isSafeInteger(stepsPerEpoch) || stepsPerEpoch < 1) {
    throw new Error(`the session's stepsPerEpoch must be a positive integer, got ${stepsPerEpoch}`);
  }
  const steps = config.steps ?? config.epochs * stepsPerEpoch;
  const done = checkpoint?.training.progress.step ?? 0;
  if (done > steps) {
    throw new RequestError(
      `the run has done ${done} steps already, and ${steps} are asked for; ask for more`,
    );
  }
  return steps;
}

function learningRateOf(
  { learningRate, learningRateDecay = 1 }: TaskConfig,
  stepsPerEpoch: number,
): (step: number) => number {
  return (step) => learningRate * learningRateDecay ** (step / stepsPerEpoch);
}

function sizeOf(parameters: ReadonlyMap<string, tf.Variable>): number {
  return [...parameters.values()].reduce((size, parameter) => size + parameter.size, 0);
}
