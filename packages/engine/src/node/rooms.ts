import type * as Install from '../native/install.js';
import type * as Load from '../native/load.js';
import type * as Remove from '../native/remove.js';
import type * as Status from '../native/status.js';
import type * as WasmFolder from './wasmFolder.js';

interface Rooms {
  '../native/install.js': typeof Install;
  '../native/load.js': typeof Load;
  '../native/remove.js': typeof Remove;
  '../native/status.js': typeof Status;
  './wasmFolder.js': typeof WasmFolder;
}

/**
 * Opens a module that only Node can run. The path stays a variable, so that bundlers for browsers do not follow it
 * and stumble over `node:` imports.
 */
export async function nodeRoom<Path extends keyof Rooms>(path: Path): Promise<Rooms[Path]> {
  return (await import(/* @vite-ignore */ path)) as Rooms[Path];
}
