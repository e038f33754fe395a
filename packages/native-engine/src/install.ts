import { nativeLayout } from '@aimle/engine/native';
import { type AddonCheck, buildInstallation } from './build.js';
import { checkAddon } from './parts/addon.js';
import { atTenths, type NativeAttempt, type NativeEvent, type Progress } from './progress.js';
import { currentRecipe, type Recipe } from './recipe.js';
import { type NativeStatus, nativeStatus } from './status.js';
import { buildFolder } from './system/staging.js';

/** Settings of {@link installNative}. */
export interface NativeInstallOptions {
  /** Receives every step, for a progress display, and a long step at every tenth of it. */
  readonly onEvent?: (event: NativeEvent) => void;
  /** Cancels the installation and leaves nothing behind. */
  readonly signal?: AbortSignal;
}

/** The result of {@link installNative}. */
export interface NativeInstallation extends NativeStatus {
  /** Whether an intact installation existed before. */
  readonly already: boolean;
  /** The sources tried, in order; all but the last failed. Empty if the installation existed before. */
  readonly attempts: readonly NativeAttempt[];
  readonly seconds: number;
}

/**
 * Installs the native engine, TensorFlow in C++, into the user's cache folder: what `aimle engine install native` does.
 * `useEngine('native')` of `@aimle/engine` then finds it, from every project of this user.
 *
 * It tries the official download first. If that fails, it takes the library from TensorFlow's Python wheel and
 * compiles the addon against it. The result is verified, and appears completely or not at all. If an intact
 * installation exists, it returns at once. **Cost**: about 210 MB of download and 600 MB on disk.
 *
 * @throws {NativeInstallError} when every source failed; the message has the reason of each.
 *
 * @example
 * ```ts
 * import { installNative } from '@aimle/native-engine';
 *
 * const install = () => installNative({ onEvent: ({ message }) => process.stderr.write(`${message}\n`) });
 * typeof install; // => 'function'
 * ```
 */
export function installNative(options: NativeInstallOptions = {}): Promise<NativeInstallation> {
  return installFrom(currentRecipe, checkAddon, options);
}

export async function installFrom(
  recipe: Recipe,
  check: AddonCheck,
  options: NativeInstallOptions = {},
): Promise<NativeInstallation> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const progress: Progress = { report: atTenths(options.onEvent ?? (() => {})), signal: options.signal };
  const before = await nativeStatus();
  if (before.installed) {
    progress.report({ step: 'finish', message: `already installed in ${before.folder}` });
    return { ...before, already: true, attempts: [], seconds: seconds() };
  }
  const attempts = await buildFolder(before.folder, (folder) =>
    buildInstallation(recipe, nativeLayout(folder), progress, check),
  );
  progress.report({ step: 'finish', message: `installed in ${before.folder}` });
  return { ...(await nativeStatus()), already: false, attempts, seconds: seconds() };
}
