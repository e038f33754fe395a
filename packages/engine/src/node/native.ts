import type { NativeInstallation, NativeInstallOptions } from '../native/install.js';
import type { NativeStatus } from '../native/status.js';

/**
 * Gets the native engine, TensorFlow in C++, into the user's cache folder: what `aimle engine install native`
 * does. The official download comes first; where that fails, the library out of TensorFlow's Python wheel, with the
 * addon compiled against it. Doing it again finds it there. Some 600 MB; Node only.
 *
 * @throws an Error named NativeInstallError when every way failed; the message says why, one by one.
 *
 * @example
 * ```ts
 * import { installNative } from '@aimle/engine';
 *
 * const install = () => installNative({ onEvent: ({ message }) => process.stderr.write(`${message}\n`) });
 * typeof install; // => 'function'
 * ```
 */
export async function installNative(options: NativeInstallOptions = {}): Promise<NativeInstallation> {
  return (await import('#node/native/install')).installNative(options);
}

/**
 * Removes what {@link installNative} put into the cache folder: what `aimle engine remove native` does. Node only.
 *
 * @throws when a folder cannot be removed.
 *
 * @example
 * ```ts
 * import { removeNative } from '@aimle/engine';
 *
 * const remove = async () => (await removeNative()).removed;
 * typeof remove; // => 'function'
 * ```
 */
export async function removeNative(): Promise<{ readonly removed: readonly string[] }> {
  return (await import('#node/native/remove')).removeNative();
}

/**
 * What the cache folder holds of the native engine, and whether its files are sound: by their sizes, in milliseconds,
 * or by their checksums, in a second or two. Node only.
 *
 * @example
 * ```ts
 * import { nativeStatus } from '@aimle/engine';
 *
 * const { installed, folder } = await nativeStatus();
 * typeof installed; // => 'boolean'
 * folder.length > 0; // => true
 * ```
 */
export async function nativeStatus(
  options: { readonly verify?: 'size' | 'checksum' } = {},
): Promise<NativeStatus> {
  return (await import('#node/native/status')).nativeStatus(options);
}
