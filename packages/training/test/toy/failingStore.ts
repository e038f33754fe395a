import type { RunStore } from '../../src/index.js';

/** A store in memory that fails at chosen changes. */
export interface FailingStore extends RunStore {
  /** How many changes have been asked for. */
  readonly changes: number;
}

/**
 * A store that dies at the change with this number, counted from 0: an append leaves a part behind, a replaced file
 * stays the old one, and afterwards nothing works any more. The memory survives: it is `files`.
 */
export function dyingStore(files: RunStore, at: number, error: () => Error): FailingStore {
  let changes = 0;
  let dead = false;
  async function change(
    work: () => Promise<void>,
    half: () => Promise<void> = async () => {},
  ): Promise<void> {
    if (dead) throw error();
    if (changes++ < at) return work();
    dead = true;
    await half();
    throw error();
  }
  return {
    ...files,
    get changes() {
      return changes;
    },
    write: (path, bytes) => change(() => files.write(path, bytes)),
    append: (path, bytes) =>
      change(
        () => files.append(path, bytes),
        () => files.append(path, bytes.subarray(0, bytes.length / 2)),
      ),
    flush: (path) => change(() => files.flush(path)),
    rename: (from, to) => change(() => files.rename(from, to)),
  };
}

/** A store on a disk that has room for this many files to be replaced, and is full then. */
export function fillingDisk(files: RunStore, writes: number): RunStore {
  let written = 0;
  return {
    ...files,
    async write(path, bytes) {
      if (written++ >= writes) throw new Error(`cannot write ${path}: the disk is full`);
      await files.write(path, bytes);
    },
  };
}
