import type { NativeAttempt, NativeEvent } from './events.js';
import { nodeOnly } from './nodeOnly.js';
import type { NativeStatus } from './status.js';

/** How to install the native engine. */
export interface NativeInstallOptions {
  /** Told of every step, for a progress display. */
  readonly onEvent?: (event: NativeEvent) => void;
  /** Ends the installation half way; nothing of it stays. */
  readonly signal?: AbortSignal;
}

/** The outcome of an installation. */
export interface NativeInstallation extends NativeStatus {
  /** True where a sound installation was there before. */
  readonly already: boolean;
  /** What was tried, in order; all but the last failed. Empty where it was there before. */
  readonly attempts: readonly NativeAttempt[];
  readonly seconds: number;
}

/** No way of getting the native engine worked; `attempts` says why, one by one. */
export class NativeInstallError extends Error {
  readonly attempts: readonly NativeAttempt[];

  constructor(machine: string, attempts: readonly NativeAttempt[]) {
    const lines = attempts.map(({ source, failure }) => `\n- ${source}: ${failure}`);
    super(`the native engine cannot be installed here (${machine}):${lines.join('')}`);
    this.name = 'NativeInstallError';
    this.attempts = attempts;
  }
}

/**
 * Installs the native engine, TensorFlow itself, into the user's cache folder (or AIMLE_NATIVE), for every
 * project of this user. First the official download, then the Python wheel of TensorFlow through pip; the addon
 * between Node and TensorFlow is the published one or compiled here. Everything is verified, a second run
 * returns at once, and a run that is killed leaves nothing broken behind. Node only; Linux and macOS.
 *
 * Cost: about 210 MB of download, 0.6 GB of disk (1.5 GB on the way), half a minute on a fast network.
 *
 * @throws {NativeInstallError} with every attempt and why it failed.
 *
 * @example
 * ```ts no-run
 * import { installNative } from '@aimle/engine';
 *
 * await installNative({ onEvent: ({ message }) => process.stderr.write(`${message}\n`) });
 * ```
 */
export async function installNative(options: NativeInstallOptions = {}): Promise<NativeInstallation> {
  const { installRecipe } = await nodeOnly<typeof import('./installation.js')>('./installation.js');
  return installRecipe(options);
}
