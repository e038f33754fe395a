import type { AdamState } from '@aimle/engine';
import { messageOf } from '../errors.js';
import type { RunStore } from '../run/runStore.js';
import { type Checkpoint, checkpointBytes, type Progress, readCheckpoint } from './checkpoint.js';
import type { Weights } from './weights.js';

type Name = 'last' | 'previous' | 'best';
const pathOf = (name: Name | 'next'): string => `checkpoints/${name}.safetensors`;

/** A checkpoint that belongs to a run, so that it can be resumed. */
export interface RunCheckpoint extends Checkpoint {
  /** Its name in messages. */
  readonly path: string;
  /** What the user should know: that this is the previous checkpoint, since the last one is damaged. */
  readonly warning?: string;
  readonly training: NonNullable<Checkpoint['training']>;
}

/** Saves the last checkpoint and keeps the one before. A full disk changes neither; after a kill one is complete. */
export async function saveCheckpoint(
  store: RunStore,
  weights: Weights,
  progress: Progress,
  adam: AdamState,
): Promise<void> {
  const bytes = await checkpointBytes(weights, progress, adam);
  // The best one is written first: after a kill between the two, the epoch is repeated and writes the same best again.
  if (progress.best?.step === progress.step) await store.write(pathOf('best'), bytes);
  await store.write(pathOf('next'), bytes);
  await store.rename(pathOf('last'), pathOf('previous'));
  await store.rename(pathOf('next'), pathOf('last'));
}

/**
 * Reads the last checkpoint, or the previous one after a kill; null when there is none. Where the last one is damaged, the
 * previous one comes with a warning; throws when that is damaged or missing, too.
 */
export async function latestCheckpoint(store: RunStore): Promise<RunCheckpoint | null> {
  let last: RunCheckpoint | null;
  try {
    last = await read(store, 'last');
  } catch (error) {
    const previous = await read(store, 'previous').catch(() => null);
    if (previous === null) return load(store, 'last'); // throws with what else is usable
    const { step } = previous.training.progress;
    return {
      ...previous,
      warning: `${messageOf(error)}. The previous checkpoint, of step ${step}, is used.`,
    };
  }
  return last ?? load(store, 'previous');
}

/** Puts the previous checkpoint in the place of a damaged last one, so that the next save does not lose it. */
export async function replaceDamagedLast(store: RunStore): Promise<void> {
  const bytes = await store.read(pathOf('previous'));
  if (bytes !== null) await store.write(pathOf('last'), bytes);
}

/** Reads the best checkpoint; null when the run has none. Throws as {@link latestCheckpoint} does. */
export function bestCheckpoint(store: RunStore): Promise<RunCheckpoint | null> {
  return load(store, 'best');
}

async function load(store: RunStore, name: Name): Promise<RunCheckpoint | null> {
  try {
    return await read(store, name);
  } catch (error) {
    throw new Error(`${messageOf(error)}\n${await remedy(store, name)}`, { cause: error });
  }
}

async function read(store: RunStore, name: Name): Promise<RunCheckpoint | null> {
  const bytes = await store.read(pathOf(name));
  if (bytes === null) return null;
  const path = `${store.name}/${pathOf(name)}`;
  const { weights, training } = await readCheckpoint(bytes, path);
  if (training === null) throw new Error(`${path} holds weights only; a run needs its own checkpoints`);
  return { path, weights, training };
}

async function remedy(store: RunStore, damaged: Name): Promise<string> {
  const usable: string[] = [];
  for (const name of ['last', 'previous', 'best'] as const) {
    if (name === damaged) continue;
    const found = await read(store, name).catch(() => null);
    if (found !== null) usable.push(`${pathOf(name)} (step ${found.training.progress.step})`);
  }
  if (usable.length === 0) return 'No other checkpoint of this run is usable. Nothing was changed.';
  return (
    `Still usable: ${usable.join(', ')}. Nothing was changed. ` +
    `To continue from one of them, copy it over ${pathOf(damaged)}.`
  );
}
