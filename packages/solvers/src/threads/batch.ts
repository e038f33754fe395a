import { maySleep } from '@aimle/kernels';
import type { Solver } from '../solver.js';
import { contextOf, type SharedContext } from './sharedMemory.js';

/** A batch in shared memory, cut into chunks that free threads take. */
export interface Batch {
  readonly theta: Float32Array;
  readonly z: Float32Array;
  readonly rows: number;
  readonly context: SharedContext | undefined;
  readonly rowsPerChunk: number;
  /** The next chunk to take, the number that are done, and the first that failed. Created for each batch. */
  readonly progress: Int32Array;
}

const next = 0;
export const done = 1;
const failed = 2;

export function chunksOf({ rows, rowsPerChunk }: Batch): number {
  return Math.ceil(rows / rowsPerChunk);
}

/** Progress of a batch before any thread has started. */
export function noProgress(chunks: number): Int32Array {
  const progress = new Int32Array(new SharedArrayBuffer(12));
  progress[failed] = chunks;
  return progress;
}

/** The first row that may not have been solved: the first row of the first failed chunk, or the end if none failed. */
export function firstFailed(batch: Batch): number {
  return Math.min(batch.rows, Atomics.load(batch.progress, failed) * batch.rowsPerChunk);
}

/**
 * Solves chunk after chunk until none is left. Failed chunks are left to the caller's thread, which then raises the
 * error.
 */
export function takeChunks(solver: Solver, batch: Batch): void {
  const { progress, rowsPerChunk, rows } = batch;
  const chunks = chunksOf(batch);
  for (;;) {
    const chunk = Atomics.add(progress, next, 1);
    if (chunk >= chunks) return;
    // Chunks after a failure are skipped and those before it are not, because the batch reports its first error.
    if (chunk < Atomics.load(progress, failed)) {
      try {
        solveRows(solver, batch, chunk * rowsPerChunk, Math.min(rows, (chunk + 1) * rowsPerChunk));
      } catch {
        lower(progress, failed, chunk);
      }
    }
    Atomics.add(progress, done, 1);
    Atomics.notify(progress, done);
  }
}

/** Solves some rows of a batch, each with its own part of the context. */
export function solveRows(solver: Solver, batch: Batch, from: number, to: number): void {
  const { theta, z, rows, context } = batch;
  const part = (array: Float32Array) => array.subarray(from * solver.size, to * solver.size);
  solver.solve(part(theta), part(z), to - from, contextOf(context, from, to, rows));
}

function lower(progress: Int32Array, at: number, value: number): void {
  for (let seen = Atomics.load(progress, at); value < seen; ) {
    const before = Atomics.compareExchange(progress, at, seen, value);
    if (before === seen) return;
    seen = before;
  }
}

/**
 * Blocks until a shared counter reaches a value. A browser's main thread must not sleep, so there it spins.
 *
 * @param look - called from time to time; throws if waiting is pointless.
 */
export function waitFor(counters: Int32Array, at: number, value: number, look: () => void): void {
  const sleeps = maySleep();
  for (let seen = Atomics.load(counters, at); seen < value; seen = Atomics.load(counters, at)) {
    if (sleeps) Atomics.wait(counters, at, seen, 50);
    look();
  }
}
