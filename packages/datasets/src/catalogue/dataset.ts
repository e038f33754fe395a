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
