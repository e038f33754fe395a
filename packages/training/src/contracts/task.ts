import type { SettingsTable, TaskConfig } from '../settings/index.js';
import type { Session } from './session.js';

/** What a task may use in its preparation. */
export interface TaskContext {
  /** The data folder: where data sets are found and downloaded to. Empty where there is no file system. */
  readonly folder: string;
  /** Aborted when the user wants to stop: pass it to everything slow, such as a download. */
  readonly signal?: AbortSignal;
  /** Shows the user a message, in a full sentence: a fallback, a download. */
  note(message: string): void;
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
}
