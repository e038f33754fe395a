import type { Session } from './session.js';

/**
 * The settings that the loop itself reads; a task adds its own. Plain JSON, because it is stored in `config.json`.
 *
 * @example
 * ```ts
 * import type { TaskConfig } from '@aimle/training';
 *
 * interface LineConfig extends TaskConfig {
 *   readonly slope: number;
 * }
 * const config: LineConfig = { seed: 0, epochs: 2, learningRate: 1e-3, adamEpsilon: 1e-8, slope: 3 };
 * config.epochs; // => 2
 * ```
 */
export interface TaskConfig {
  /** Every random number of the run follows from it: an integer in [0, 2^53). */
  readonly seed: number;
  /** How many times the training set is gone through. */
  readonly epochs: number;
  /** Exact number of steps; where given, it decides the length instead of `epochs`. */
  readonly steps?: number;
  /** Adam's step size, in the beginning. */
  readonly learningRate: number;
  /**
   * What an epoch leaves of the learning rate, in (0, 1]: at step t it is `learningRate * learningRateDecay ** (t /
   * stepsPerEpoch)`, however long the run is, so that one that is resumed goes on as if it had never ended. Default 1.
   */
  readonly learningRateDecay?: number;
  /** Adam's epsilon, always explicit: TensorFlow.js picks a different one on every engine. */
  readonly adamEpsilon: number;
  /** Name of the estimator, where a task offers several; goes into {@link RunSummary}. */
  readonly method?: string;
}

/**
 * What a task's preparation may use.
 *
 * @example
 * ```ts
 * import type { TaskContext } from '@aimle/training';
 *
 * const heard: string[] = [];
 * const context: TaskContext = { folder: 'data', note: (message) => heard.push(message) };
 * context.note('12 of 60000 images are blank');
 * heard.length; // => 1
 * ```
 */
export interface TaskContext {
  /** The data folder: where data sets are found and downloaded to. Empty where there is no file system. */
  readonly folder: string;
  /** Aborted when the user wants to stop: pass it to whatever takes long, such as a download. */
  readonly signal?: AbortSignal;
  /** Tells the user something once, in a full sentence: a fallback taken, a download begun. */
  note(message: string): void;
}

/**
 * Everything that is specific to one kind of model and data. {@link trainTask} does the rest.
 *
 * @typeParam Config The task's settings.
 * @typeParam Batch What one step trains on.
 * @example
 * ```ts
 * import type { Task, TaskConfig } from '@aimle/training';
 *
 * function describe(task: Task<TaskConfig, unknown>): string {
 *   return `${task.title}: ${task.presets.quick.epochs} epochs at least`;
 * }
 * ```
 */
export interface Task<Config extends TaskConfig, Batch> {
  /** Short identifier, such as `dvae`. */
  readonly name: string;
  readonly title: string;
  /** `quick`: minutes on two cores. `paper`: the published setting. */
  readonly presets: { readonly quick: Config; readonly paper: Config };
  /**
   * Checks the task's own settings.
   * @throws An error that names the setting, the value received and what to do.
   */
  check(config: Config): void;
  /**
   * Loads data and builds the model. Parameters must follow from `config.seed` alone. May throw when `context.signal` is
   * aborted; a session that is given back all the same is trained for no step.
   */
  prepare(config: Config, context: TaskContext): Promise<Session<Batch>>;
}
