/**
 * Returns the data folder: `AIMLE_DATA` if that is set, else `aimle` in the user's cache folder (`XDG_CACHE_HOME` or
 * `~/.cache`; `~/Library/Caches` on macOS; `LOCALAPPDATA` on Windows). Each data set has its own folder in it. The
 * folder need not exist, and may be read-only if the files are already there. Node only.
 *
 * @returns the absolute path.
 * @throws Error if there is no file system, as in a browser.
 *
 * @example
 * ```ts
 * import { dataFolder } from '@aimle/datasets';
 *
 * process.env['AIMLE_DATA'] = '/data';
 * dataFolder().endsWith('data') // => true
 * ```
 */
export function dataFolder(): string {
  const node = globalThis.process as NodeJS.Process | undefined;
  if (node?.getBuiltinModule === undefined) {
    throw new Error(
      'dataFolder: the data folder needs Node, which this is not; use digits(), which needs no folder',
    );
  }
  const { join, resolve } = node.getBuiltinModule('node:path');
  const { AIMLE_DATA, XDG_CACHE_HOME, LOCALAPPDATA } = node.env;
  if (AIMLE_DATA) return resolve(AIMLE_DATA);
  const home = node.getBuiltinModule('node:os').homedir();
  const caches: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, 'Library', 'Caches'),
    win32: LOCALAPPDATA || join(home, 'AppData', 'Local'),
  };
  return join(caches[node.platform] ?? (XDG_CACHE_HOME || join(home, '.cache')), 'aimle');
}
