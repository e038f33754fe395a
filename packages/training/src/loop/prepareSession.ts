import { dataFolder } from '@aimle/datasets';
import { foldIn, type Key, key } from '@aimle/random';
import type { RunCheckpoint } from '../checkpoint/runCheckpoints.js';
import { loadWeights } from '../checkpoint/weights.js';
import type { BeginStep, Session, TaskContext } from '../contracts/session.js';
import { InterruptedError, RequestError } from '../errors.js';
import type { Run } from '../run/run.js';
import type { TrainEvent } from './runLogger.js';

interface Preparation {
  /** The data folder. */
  readonly folder: string;
  readonly onEvent: (event: TrainEvent) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The part of a task that prepares its sessions, which may be able to do more than others. */
export interface Preparable<Config, S extends Session<unknown>> {
  prepare(config: Config, context: TaskContext): Promise<S>;
}

/** Prepares a task's session. An error after the signal is an `InterruptedError`. */
export async function prepareSession<Config, S extends Session<unknown>>(
  task: Preparable<Config, S>,
  config: Config,
  { store }: Run,
  { folder, onEvent, signal }: Preparation,
): Promise<S> {
  const context: TaskContext = {
    folder,
    ...(signal !== undefined && { signal }),
    note: (message) => onEvent({ kind: 'note', message }),
  };
  return untilStopped(store.name, signal, () => task.prepare(config, context));
}

/** Begins a session whose run is new. An error after the signal is an `InterruptedError`. */
export async function beginSession(
  session: Session<unknown>,
  { store }: Run,
  signal: AbortSignal | undefined,
  onStep: (done: BeginStep) => void,
): Promise<void> {
  if (session.begin === undefined) return;
  await untilStopped(store.name, signal, async () => {
    // Without this check, a run could be saved without its `begin`, and resumed without it.
    signal?.throwIfAborted();
    await session.begin!(onStep);
  });
}

async function untilStopped<Result>(
  run: string,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new InterruptedError(
      `${run}: stopped during preparation; nothing was trained, and the same command starts again`,
      { cause: error },
    );
  }
}

/** The data folder of this computer; empty where there is no file system. */
export function ownDataFolder(): string {
  const onNode = typeof process !== 'undefined' && process.versions?.node !== undefined;
  return onNode ? dataFolder() : '';
}

/** Restores a checkpoint's weights and adaptive state. Throws when the session has other data. */
export function restoreSession(
  session: Session<unknown>,
  { store }: Run,
  { path, weights, training: { progress } }: RunCheckpoint,
): void {
  if (progress.data !== session.data) {
    throw new RequestError(
      `${store.name} was trained on other data: then "${progress.data}", now "${session.data}"; ` +
        'restore the data, or train a new run',
    );
  }
  if (progress.stepsPerEpoch !== session.stepsPerEpoch) {
    throw new RequestError(
      `${store.name} was trained with ${progress.stepsPerEpoch} steps per epoch, and the data now gives ` +
        `${session.stepsPerEpoch}; restore the data`,
    );
  }
  loadWeights(session.model.parameters, weights, path);
  session.model.restore(progress.model);
}

/** The keys of a run. They depend on its seed only. */
export interface RunKeys {
  /** For the step with this number, counted from 1. */
  step(step: number): Key;
  /** The same at every epoch, so that epochs compare on the same random numbers. */
  evaluation(split: 'validation' | 'test'): Key;
  readonly figures: Key;
}

/** Derives the keys that the loop passes to a session. A task may use every name but `'training'` under `key(seed)`. */
export function runKeys(seed: number): RunKeys {
  const root = foldIn(key(seed), 'training');
  const steps = foldIn(root, 'steps');
  return {
    step: (step) => foldIn(steps, step),
    evaluation: (split) => foldIn(root, split),
    figures: foldIn(root, 'figures'),
  };
}
