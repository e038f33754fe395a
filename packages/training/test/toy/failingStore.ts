import type { RunStore } from '../../src/index.js';

/** A store in memory that fails at chosen changes. */
export interface FailingStore extends RunStore {
  /** How many changes have been asked for. */
  readonly changes: number;
}

/**
 * A store that dies at the change with this number, counted from 0, and afterwards does nothing any more. What
 * survives is in `files`: a replaced file is the old one; of what was appended a kill leaves a part of the last piece,
 * a power cut only what was flushed.
 */
export function dyingStore(
  files: RunStore,
  at: number,
  death: 'killed' | 'power cut' = 'killed',
): FailingStore {
  const flushed = new Map<string, number>();
  let changes = 0;
  let dead = false;

  async function change(
    work: () => Promise<void>,
    half: () => Promise<void> = async () => {},
  ): Promise<void> {
    if (dead) throw new Error(death);
    if (changes++ < at) return work();
    dead = true;
    await (death === 'killed' ? half() : cutToFlushed());
    throw new Error(death);
  }

  async function cutToFlushed(): Promise<void> {
    const bytes = await files.read('metrics.jsonl');
    if (bytes !== null)
      await files.write('metrics.jsonl', bytes.subarray(0, flushed.get('metrics.jsonl') ?? 0));
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
    flush: (path) =>
      change(async () => {
        flushed.set(path, (await files.read(path))!.length);
      }),
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
