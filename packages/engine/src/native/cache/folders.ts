import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { machineName } from '../machine/machine.js';
import type { Recipe } from '../sources/recipe.js';

/** The folder of all native installations: AIMLE_NATIVE, or aimle/native in the user's cache folder. */
export function nativeBase(): string {
  const chosen = process.env.AIMLE_NATIVE;
  return chosen ? resolve(chosen) : join(userCache(), 'aimle', 'native');
}

/** The name of the one installation that fits this release, this recipe and this machine. */
export function installationName(recipe: Recipe): string {
  return `${recipe.tfjsNode.version}-r${recipe.revision}-${machineName()}`;
}

/** Where each part lies in an installation: as in @tensorflow/tfjs-node, whose addon looks for its libraries there. */
export interface Layout {
  readonly addon: string;
  readonly libraries: string;
  readonly kernels: string;
  readonly modules: string;
  readonly manifest: string;
}

export function layoutOf(folder: string): Layout {
  return {
    addon: join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'),
    libraries: join(folder, 'deps', 'lib'),
    kernels: join(folder, 'dist'),
    modules: join(folder, 'node_modules'),
    manifest: join(folder, 'manifest.json'),
  };
}

function userCache(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  return join(homedir(), '.cache');
}
