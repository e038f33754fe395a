import type { DownloadOptions } from '../folder/download.js';

/**
 * A data set that the command line knows: what it is, whether it is there, how to get it, whether it is right.
 *
 * @example
 * ```ts
 * import { catalogue, type Dataset } from '@aimle/datasets';
 *
 * const titleOf = (set: Dataset) => `${set.name}: ${set.title}`;
 * catalogue.map(titleOf).length // => 5
 * ```
 */
export interface Dataset {
  /** Name in commands, and of its folder in the data folder. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** Where it comes from, and under which terms. */
  readonly source: string;
  /** Looks which files are there; reads none of them. */
  status(folder: string): Promise<DatasetStatus>;
  /**
   * Downloads the files that are missing or damaged, and leaves the others alone.
   *
   * @throws Error when no mirror answers rightly, the disk is full, or the folder cannot be written to.
   */
  get(folder: string, options?: DownloadOptions): Promise<DatasetStatus>;
  /** Holds every file to its SHA-256, or where none was published, to what must be in it. */
  verify(folder: string): Promise<DatasetCheck>;
}

/**
 * Whether a data set is there: `ready`, `partial` (files are missing), `missing`, or `generated` (it is drawn when
 * needed, and never missing).
 *
 * @example
 * ```ts
 * import { catalogue, type DatasetStatus } from '@aimle/datasets';
 *
 * const drawn: DatasetStatus = await catalogue.find(({ name }) => name === 'digits')!.status('/data');
 * drawn.state // => 'generated'
 * ```
 */
export interface DatasetStatus {
  readonly state: 'ready' | 'partial' | 'missing' | 'generated';
  /** Its files, with a null path where one is missing. */
  readonly files: readonly { readonly name: string; readonly path: string | null; readonly bytes: number }[];
}

/**
 * What came of verifying a data set.
 *
 * @example
 * ```ts
 * import { catalogue, type DatasetCheck } from '@aimle/datasets';
 *
 * const check: DatasetCheck = await catalogue.find(({ name }) => name === 'digits')!.verify('/data');
 * check.ok // => true
 * ```
 */
export interface DatasetCheck {
  /** Whether every file is there and right. */
  readonly ok: boolean;
  /** Its files, each with what is wrong with it, or null. */
  readonly files: readonly {
    readonly name: string;
    readonly path: string | null;
    readonly problem: string | null;
  }[];
}
