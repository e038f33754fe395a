import { type CheckedFile, type DataFile, inspect, locate, readChecked } from '../folder/dataFile.js';
import { type DownloadOptions, download } from '../folder/download.js';
import type { Dataset, DatasetStatus } from './dataset.js';

/** The parts of a data set whose files can be downloaded. */
export interface DownloadableOptions extends Pick<Dataset, 'name' | 'title' | 'source'> {
  readonly files: readonly DataFile[];
  /** Base addresses, tried in turn. */
  readonly mirrors: readonly string[];
}

/** A data set whose files are downloaded into a folder of its name. */
export interface Downloadable extends Dataset {
  /**
   * Reads some of its files, each checked against its SHA-256, and says whether any of them had to be downloaded.
   *
   * @throws FormatError when a file is not the published one; Error when one is missing and cannot be downloaded.
   */
  require(
    folder: string,
    files: readonly DataFile[],
    options: DownloadOptions & { readonly download: 'never' | 'if-missing' },
  ): Promise<{ files: CheckedFile[]; downloaded: boolean }>;
}

export function downloadable({ name, title, source, files, mirrors }: DownloadableOptions): Downloadable {
  async function folderIn(folder: string): Promise<string> {
    const { join } = await import('node:path');
    return join(folder, name);
  }

  async function status(folder: string): Promise<DatasetStatus> {
    const own = await folderIn(folder);
    const found = await Promise.all(
      files.map(async (file) => ({ name: file.name, path: await locate(own, file), bytes: file.bytes })),
    );
    const present = found.filter(({ path }) => path !== null).length;
    return { state: present === files.length ? 'ready' : present > 0 ? 'partial' : 'missing', files: found };
  }

  return {
    name,
    title,
    source,
    status,
    async get(folder, options) {
      const own = await folderIn(folder);
      for (const file of files) {
        const path = await locate(own, file);
        if (path !== null && (await inspect(path, file)) === null) continue;
        await download(file, own, { mirrors, ...options });
      }
      return status(folder);
    },
    async verify(folder) {
      const own = await folderIn(folder);
      const checks = await Promise.all(
        files.map(async (file) => {
          const path = await locate(own, file);
          const problem =
            path === null ? `missing; \`aimle data get ${name}\` gets it` : await inspect(path, file);
          return { name: file.name, path, problem };
        }),
      );
      return { ok: checks.every(({ problem }) => problem === null), files: checks };
    },
    async require(folder, wanted, { download: permission, ...options }) {
      const own = await folderIn(folder);
      const found: CheckedFile[] = [];
      let downloaded = false;
      for (const file of wanted) {
        let path = await locate(own, file);
        if (path === null && permission === 'if-missing') {
          path = await download(file, own, { mirrors, ...options });
          downloaded = true;
        }
        if (path === null) {
          throw new Error(
            `${name}: ${file.name} is not in ${own}; run \`aimle data get ${name}\`, allow the download, or set ` +
              'AIMLE_DATA to a folder that has it',
          );
        }
        found.push(await readChecked(path, file, name));
      }
      return { files: found, downloaded };
    },
  };
}
