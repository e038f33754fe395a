import { messageOf } from '../errors.js';
import type { RunStore } from './runStore.js';

const path = 'failure.json';

/** Why a run ended by an error. */
export interface RunFailure {
  /** Updates done before. */
  readonly step: number;
  /** What the error said. */
  readonly message: string;
}

/** Writes down why a run ended, for its report. The error itself is thrown on, so a store that fails is left alone. */
export async function keepFailure(store: RunStore, step: number, error: unknown): Promise<void> {
  const failure: RunFailure = { step, message: messageOf(error) };
  await store.write(path, new TextEncoder().encode(`${JSON.stringify(failure, null, 2)}\n`)).catch(() => {});
}

/** Removes what an earlier session wrote down. */
export async function clearFailure(store: RunStore): Promise<void> {
  if ((await store.read(path)) !== null) await store.write(path, new TextEncoder().encode('null\n'));
}

/**
 * Reads why a run ended by an error; null if it did not, or goes on since.
 *
 * @example
 * ```ts
 * import { memoryStore, readFailure } from '@aimle/training';
 *
 * await readFailure(memoryStore('scratch')); // => null
 * ```
 */
export async function readFailure(store: RunStore): Promise<RunFailure | null> {
  const bytes = await store.read(path);
  if (bytes === null) return null;
  try {
    const { step, message } = JSON.parse(new TextDecoder().decode(bytes));
    return Number.isSafeInteger(step) && typeof message === 'string' ? { step, message } : null;
  } catch {
    return null;
  }
}
