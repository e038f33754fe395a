import type { BatchPart } from '@aimle/engine';
import type { Key } from '@aimle/random';
import type * as tf from '@tensorflow/tfjs';
import type { JsonValue } from '../json.js';
import type { SettingsTable, TaskConfig } from '../settings/index.js';
import type { Figure } from './figure.js';

/**
 * A model that {@link trainTask} can train: parameters, a loss for each instance, and adaptive state.
 *
 * Implement it for your own network. {@link linear} gives parameters with the right names and layouts.
 * A model must dispose of every tensor of a step, or memory grows from step to step.
 *
 * @typeParam Batch What one step trains on; whatever the session's `batch` returns.
 */
export interface Model<Batch> {
  /** Trainable variables under PyTorch names and layouts, such as `encoder.linear1.weight`, `[outputs, inputs]`. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /**
   * One loss for each instance, shape `[B]`, differentiable in the parameters. The loop minimises their mean.
   * Every random number in it comes from `key`, which differs from step to step.
   *
   * @param part Where `batch` is a part of the step's batch, which several workers share: hand it to the estimator, and
   * give each instance the loss that it has in the whole batch. Only where the session has `parts`.
   */
  losses(batch: Batch, key: Key, part?: BatchPart): tf.Tensor1D;
  /**
   * Numbers of the last step to log, such as lambda or the sparsity of a gradient; the same names at
   * every step. A number that is not finite is logged as null and left out of the epoch's mean.
   */
  observations(): Record<string, number>;
  /** Adaptive state that is not a parameter, such as an estimator's; part of every checkpoint. */
  state(): JsonValue;
  /** Restores what {@link Model.state} returned. */
  restore(state: JsonValue): void;
}

/** The part of a discrete layer that a model logs and saves, such as `aimle(...)` of `@aimle/estimators`. */
export interface AdaptiveLayer {
  /** Adaptive state, plain JSON; null if it has none. */
  state: JsonValue;
  /** Statistics of the last step; null before the first, and each null if the estimator has none. */
  readonly lastStep: {
    /** The size of the perturbation, averaged over the instances. */
    readonly lambda: number | null;
    /** Mean number of coordinates in which the two solutions of one sample differ. */
    readonly changedCoordinates: number | null;
    /** Share of coordinates of the gradient in theta that are exactly zero. */
    readonly sparsity: number | null;
  } | null;
}

/**
 * Makes the model of a network with one discrete layer: its adaptive state is the layer's, and its observations are the
 * statistics of the layer's last step, `lambda`, `changed` and `sparsity`, of which the report draws curves.
 *
 * @example
 * ```ts
 * import { layerModel } from '@aimle/training';
 * import * as tf from '@tensorflow/tfjs';
 *
 * const layer = { state: null, lastStep: { lambda: 0.5, changedCoordinates: 2, sparsity: null } };
 * const model = layerModel({ parameters: new Map(), layer, losses: (x: tf.Tensor1D) => x.square() });
 * model.observations(); // => { lambda: 0.5, changed: 2 }
 * ```
 */
export function layerModel<Batch>({
  layer,
  ...model
}: Pick<Model<Batch>, 'parameters' | 'losses'> & { readonly layer: AdaptiveLayer }): Model<Batch> {
  return {
    ...model,
    observations() {
      const { lambda = null, changedCoordinates: changed = null, sparsity = null } = layer.lastStep ?? {};
      return {
        ...(lambda !== null && { lambda }),
        ...(changed !== null && { changed }),
        ...(sparsity !== null && { sparsity }),
      };
    },
    state: () => layer.state,
    restore(state) {
      layer.state = state;
    },
  };
}

/** How validation picks the best checkpoint: the metric's name, and whether lower or higher is better. */
export interface Selection {
  readonly metric: string;
  readonly split: 'validation';
  readonly better: 'lower' | 'higher';
}

/** One step of {@link Session.begin}. */
export interface BeginStep {
  /** Steps of `begin` done, from 1. */
  readonly step: number;
  /** What it is a part of, such as `start 2/3`. */
  readonly part: string;
  readonly loss: number;
}

/** The batches of a {@link Session} in parts, one for each worker. */
export interface BatchParts<Batch> {
  /** The number of instances of the batch at `index` of `epoch`. */
  size(epoch: number, index: number): number;
  /** Its instances from `from` to `to - 1`, which the session frees as it frees a batch. */
  batch(epoch: number, index: number, from: number, to: number): Batch;
}

/**
 * One prepared run of a task: its model, its data, and how to measure it. Made by {@link Task.prepare}; the loop
 * disposes of it.
 *
 * Epochs and indices count from 0 here; `batch(0, 0)` is the very first. (Logs count steps and epochs from 1, as
 * "how many are done".)
 *
 * @typeParam Batch What one step trains on.
 */
export interface Session<Batch> {
  readonly model: Model<Batch>;
  /**
   * One sentence about the data: what it is, how much, where it came from. A run is resumed and evaluated only if this
   * sentence is the same, so it must not contain a path.
   */
  readonly data: string;
  readonly stepsPerEpoch: number;
  /**
   * Runs once before the first step of a new run, for example to search for a good initialisation; never when a run is
   * resumed or evaluated, or begins with given weights. May throw when the context's signal is aborted.
   *
   * @param onStep Called after each of its {@link Session.beginSteps} steps, for the progress.
   */
  begin?(onStep: (done: BeginStep) => void): Promise<void>;
  /** How many steps `begin` takes. They count in the run's time, not in its steps. Default 0. */
  readonly beginSteps?: number;
  /**
   * The batch at `index` of `epoch`, both counted from 0. Must be a pure function of the two: a resumed run asks for
   * the same batch again and expects the same numbers.
   */
  batch(epoch: number, index: number): Batch;
  /** The same batches in parts, for training with several workers; see {@link Task.parallel}. */
  readonly parts?: BatchParts<Batch>;
  /** Frees a batch; the loop calls it once for each batch. */
  disposeBatch(batch: Batch): void;
  /**
   * Measures a split under the model's current parameters; `{}` if the task has no such split. The loop passes
   * the same key every time, so that epochs are compared on the same random numbers.
   */
  evaluate(split: 'validation' | 'test', key: Key): Promise<Record<string, number>>;
  /**
   * The split that is measured at the end of each epoch. Default `validation`; `test` if a published protocol reports the
   * test set after each epoch, which then must not select anything.
   */
  readonly monitor?: 'validation' | 'test';
  /** Without it, the run keeps no best checkpoint and tests the last one. */
  readonly selection?: Selection;
  /** Draws pictures of what was learned; `[]` for none. */
  figures(key: Key): Promise<Figure[]>;
  /** Frees the model's variables and the data. */
  dispose(): void;
}

/** What a task may use in its preparation. */
export interface TaskContext {
  /** The data folder: where data sets are found and downloaded to. Empty where there is no file system. */
  readonly folder: string;
  /** Aborted when the user wants to stop: pass it to everything slow, such as a download. */
  readonly signal?: AbortSignal;
  /** Shows the user a message, in a full sentence: a fallback, a download. */
  note(message: string): void;
}

/** How the workers of {@link trainTask} find a task again, each in a thread of its own. */
export interface ParallelTask<Config> {
  /** The address of the module that exports the task: `import.meta.url` there. */
  readonly module: string;
  /** The name that the module exports it under. */
  readonly exportedAs: string;
  /** Says why a configuration trains with one worker only, in half a sentence; null where it may have more. */
  refusal?(config: Config): string | null;
}

/**
 * Everything specific to one kind of model and data: a table of its settings, and how to prepare a session.
 * {@link trainTask} does the rest.
 *
 * @typeParam Config The task's settings.
 * @typeParam Batch What one step trains on.
 */
export interface Task<Config extends TaskConfig, Batch> extends SettingsTable<Config> {
  /**
   * Loads data and builds the model. Parameters must follow from `config.seed` alone. May throw when `context.signal` is
   * aborted; a session that is returned nevertheless is not trained.
   */
  prepare(config: Config, context: TaskContext): Promise<Session<Batch>>;
  /**
   * Lets several workers share each step. The task's sessions must have `parts`, and its losses must be those of the whole
   * batch for every part. Absent: one worker only.
   */
  readonly parallel?: ParallelTask<Config>;
}
