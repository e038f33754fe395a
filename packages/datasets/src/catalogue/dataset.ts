import { locate } from '../folder/dataFile.js';
import type { DownloadOptions } from '../folder/download.js';

/** A data set that the command line knows: what it is, whether it is present, how to get it and how to verify it. */
export interface Dataset {
  /** Its name in commands, and the name of its folder in the data folder. */
  readonly name: string;
  /** A short description. */
  readonly title: string;
  /** Where it comes from, and under which terms. */
  readonly source: string;
  /** Checks which files are present, without reading them. */
  status(folder: string): Promise<DatasetStatus>;
  /**
   * Downloads the files that are missing or damaged, and leaves the others alone.
   *
   * @throws Error when no mirror has the right file, the disk is full, or the folder cannot be written to.
   */
  get(folder: string, options?: DownloadOptions): Promise<DatasetStatus>;
  /** Checks the SHA-256 of every file, or its contents if no digest was published. */
  verify(folder: string): Promise<DatasetCheck>;
}

/**
 * Whether a data set is present: `ready`, `partial` (files are missing), `missing`, or `generated` (drawn when needed,
 * so never missing).
 */
export interface DatasetStatus {
  readonly state: 'ready' | 'partial' | 'missing' | 'generated';
  /** Its files, with a null path where one is missing. */
  readonly files: readonly { readonly name: string; readonly path: string | null; readonly bytes: number }[];
}

/** The result of verifying a data set. */
export interface DatasetCheck {
  /** Whether every file is present and correct. */
  readonly ok: boolean;
  /** Its files, each with what is wrong with it, or null. */
  readonly files: readonly {
    readonly name: string;
    readonly path: string | null;
    readonly problem: string | null;
  }[];
}

/** A file of a data set, under its name or, if a user has unpacked it, under another. */
export interface DatasetFile {
  readonly name: string;
  /** Its size; default: that of the file that is present. */
  readonly bytes?: number;
  readonly unpacked?: { readonly name: string };
}

/** The parts of {@link datasetOfFiles}. */
export interface DatasetParts<File extends DatasetFile> extends Pick<Dataset, 'name' | 'title' | 'source'> {
  readonly files: readonly File[];
  /** What `aimle data get` does about a missing file, such as `makes it`. */
  readonly remedy: string;
  /** Gets the missing files. */
  get(folder: string, options: DownloadOptions): Promise<unknown>;
  /** Says what is wrong with a file that is present; null if nothing is. */
  problemOf(path: string, file: File, folder: string): Promise<string | null>;
}

/**
 * Makes a data set of files in the folder of its name: their status and their verification, file by file. Node only.
 *
 * @example
 * ```ts
 * import { datasetOfFiles } from '@aimle/datasets';
 *
 * const notes = datasetOfFiles({
 *   name: 'notes', title: 'A file of notes', source: 'mine', files: [{ name: 'notes.txt', bytes: 7 }],
 *   remedy: 'writes it', get: async () => {}, problemOf: async () => null,
 * });
 * (await notes.status('/nowhere')).state; // => 'missing'
 * (await notes.verify('/nowhere')).files[0]!.problem; // => 'missing; `aimle data get notes` writes it'
 * ```
 */
export function datasetOfFiles<File extends DatasetFile>(parts: DatasetParts<File>): Dataset {
  const { name, title, source, files, remedy, get, problemOf } = parts;
  const present = async (folder: string): Promise<{ file: File; path: string | null }[]> => {
    const { join } = await import('node:path');
    return Promise.all(files.map(async (file) => ({ file, path: await locate(join(folder, name), file) })));
  };
  const status = async (folder: string): Promise<DatasetStatus> => {
    const { stat } = await import('node:fs/promises');
    const found = await Promise.all(
      (await present(folder)).map(async ({ file, path }) => {
        const bytes = file.bytes ?? (path === null ? 0 : (await stat(path)).size);
        return { name: file.name, path, bytes };
      }),
    );
    const there = found.filter(({ path }) => path !== null).length;
    return { state: there === files.length ? 'ready' : there > 0 ? 'partial' : 'missing', files: found };
  };
  return {
    name,
    title,
    source,
    status,
    async get(folder, options = {}) {
      await get(folder, options);
      return status(folder);
    },
    async verify(folder) {
      const checks = [];
      // One after the other: they may be large.
      for (const { file, path } of await present(folder)) {
        const missing = `missing; \`aimle data get ${name}\` ${remedy}`;
        const problem = path === null ? missing : await problemOf(path, file, folder);
        checks.push({ name: file.name, path, problem });
      }
      return { ok: checks.every(({ problem }) => problem === null), files: checks };
    },
  };
}
