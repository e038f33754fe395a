import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The version of an installation's contents: tfjs-node's version, and a number that grows when the layout changes. */
const contents = '4.22.0-r1';

/**
 * Returns the folder of all installations of the native engine: AIMLE_NATIVE, or aimle/native in the user's cache
 * folder.
 *
 * @example
 * ```ts
 * import { nativeFolder } from '@aimle/engine/native';
 *
 * nativeFolder().length > 0; // => true
 * ```
 */
export function nativeFolder(): string {
  const chosen = process.env.AIMLE_NATIVE;
  return chosen ? resolve(chosen) : join(userCache(), 'aimle', 'native');
}

/** The paths of an installation, as in @tensorflow/tfjs-node, whose addon looks for its libraries there. */
export interface NativeLayout {
  readonly folder: string;
  /** TensorFlow as a Node addon. */
  readonly addon: string;
  /** The folder of libtensorflow. */
  readonly libraries: string;
  /** tfjs-node's JavaScript kernels. */
  readonly kernels: string;
  /** The node_modules of the kernels; its `@tensorflow/tfjs` is the global under {@link tfjsSymbol}. */
  readonly modules: string;
  /** Written last: a folder without it does not count as an installation. */
  readonly manifest: string;
}

/**
 * Returns the layout of an installation. Default: the one that this release of the engine loads on this machine,
 * whether it exists or not.
 *
 * @example
 * ```ts
 * import { nativeFolder, nativeLayout } from '@aimle/engine/native';
 *
 * nativeLayout().folder.startsWith(nativeFolder()); // => true
 * ```
 */
export function nativeLayout(
  folder: string = join(nativeFolder(), `${contents}-${process.platform}-${process.arch}`),
): NativeLayout {
  return {
    folder,
    addon: join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'),
    libraries: join(folder, 'deps', 'lib'),
    kernels: join(folder, 'dist'),
    modules: join(folder, 'node_modules'),
    manifest: join(folder, 'manifest.json'),
  };
}

/** The record of an installation. */
export interface NativeManifest {
  readonly format: 1;
  /** The version of TensorFlow, as its library reports it. */
  readonly tensorflow: string;
  /** Where TensorFlow came from. */
  readonly source: string;
  /** Date and time, ISO 8601. */
  readonly installedAt: string;
  /** Every file except the manifest itself. */
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

/**
 * Reads the manifest of an installation; undefined if it is missing or unreadable.
 *
 * @example
 * ```ts
 * import { nativeLayout, readNativeManifest } from '@aimle/engine/native';
 *
 * await readNativeManifest(nativeLayout('no-such-folder')); // => undefined
 * ```
 */
export async function readNativeManifest({ manifest }: NativeLayout): Promise<NativeManifest | undefined> {
  try {
    const read = JSON.parse(await readFile(manifest, 'utf8')) as NativeManifest;
    return read.format === 1 ? read : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Lists the files of an installation that are missing or whose size differs from the manifest. Takes milliseconds.
 *
 * @example
 * ```ts
 * import { nativeFaults, nativeLayout, readNativeManifest } from '@aimle/engine/native';
 *
 * const layout = nativeLayout();
 * const manifest = await readNativeManifest(layout);
 * const faults = manifest && (await nativeFaults(layout, manifest));
 * faults ?? []; // => []
 * ```
 */
export async function nativeFaults({ folder }: NativeLayout, { files }: NativeManifest): Promise<string[]> {
  const faults = await Promise.all(
    files.map(async ({ path, bytes }) => {
      const size = await stat(join(folder, path)).then(
        (found) => found.size,
        () => undefined,
      );
      if (size === undefined) return `${path} is missing`;
      return size === bytes ? undefined : `${path} has ${size} bytes instead of ${bytes}`;
    }),
  );
  return faults.filter((fault) => fault !== undefined);
}

/**
 * Names, for `Symbol.for`, the global through which an installation's kernels find their TensorFlow.js.
 *
 * @example
 * ```ts
 * import { tfjsSymbol } from '@aimle/engine/native';
 *
 * tfjsSymbol; // => '@aimle/engine/tfjs'
 * ```
 */
export const tfjsSymbol = '@aimle/engine/tfjs';

function userCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}
