import type { Context, Solver } from '../solver.js';
import { checkBatch, checkInteger } from '../validation.js';
import {
  type Batch,
  chunksOf,
  done,
  firstFailed,
  noProgress,
  solveRows,
  takeChunks,
  waitFor,
} from './batch.js';
import { isSolver, type ModuleRecipe, makeSolver, recipeOf } from './recipe.js';
import { sharedContext, sharedFloats } from './sharedMemory.js';
import { startThreads, threadsByDefault } from './thread.js';

/**
 * Settings of {@link inThreads}.
 *
 * @example
 * ```ts
 * import { topK } from '@aimle/solvers';
 * import { inThreads, type ThreadsOptions } from '@aimle/solvers/threads';
 *
 * const options: ThreadsOptions = { threads: 1 };
 * const solver = await inThreads(topK({ size: 3, k: 1 }), options);
 * solver.threads // => 1
 * ```
 */
export interface ThreadsOptions {
  /** Number of threads, including the caller's, in [1, 256]. Default: one for each available processor. */
  readonly threads?: number;
}

/**
 * A solver made by {@link inThreads}: like any other, with its threads.
 *
 * @example
 * ```ts
 * import { topK } from '@aimle/solvers';
 * import { inThreads, type ThreadedSolver } from '@aimle/solvers/threads';
 *
 * const solver: ThreadedSolver = await inThreads(topK({ size: 3, k: 1 }), { threads: 2 });
 * solver.dispose();
 * solver.name // => 'topK'
 * ```
 */
export interface ThreadedSolver extends Solver {
  /** Number of threads, including the caller's. */
  readonly threads: number;
  /** Ends the threads. The solver cannot be used afterwards. */
  dispose(): void;
}

/**
 * Runs a slow solver in several threads, with the same answers.
 *
 * Use it where one instance takes 0.1 ms or more: long tours, large assignments, integer programs. For faster solvers,
 * and for batches of one instance, one thread is as fast. `solve` stays synchronous: it copies theta into shared
 * memory, wakes the threads, solves its own share, and waits for the rest.
 *
 * A solver cannot be sent to a thread, so each thread builds its own: from the description of a solver of this package,
 * or from your own module (a {@link ModuleRecipe}). A free thread takes the next few instances. As for every solver,
 * each answer depends only on its instance, so it does not matter which thread finds it. If instances fail, the error
 * is that of the first one, numbered within the whole batch; the caller's thread solves it again to raise it.
 *
 * In Node, idle threads do not keep the process alive. Browsers provide shared memory only to cross-origin isolated
 * pages (headers `Cross-Origin-Opener-Policy: same-origin` and `Cross-Origin-Embedder-Policy: require-corp`), and do
 * not let their main thread sleep: there it spins while it waits, so call it from a worker instead.
 *
 * Cost: starting takes about 50 ms and 10 MB per thread. A call takes about 0.1 ms more, and copies theta, z and the
 * context.
 *
 * @param source - a solver of this package, which also does the work of the caller's thread; or, for your own solver, a
 * module that makes it.
 * @param options - the number of threads.
 * @returns a solver with the name, size, sense and kappa of the one given or made; `dispose` it when done.
 * @throws RangeError when the solver has no description, the module makes no solver, or the number of threads is out of
 *   range; Error when threads or shared memory are not available. From `solve`, the errors of the solver, and Error
 *   when a thread has ended.
 *
 * @example
 * ```ts
 * import { spanningTree } from '@aimle/solvers';
 * import { inThreads } from '@aimle/solvers/threads';
 *
 * const solver = await inThreads(spanningTree({ vertices: 3 }), { threads: 2 });
 * const z = new Float32Array(6);
 * solver.solve(Float32Array.of(5, 1, 4, 1, 2, 3), z, 2);
 * solver.dispose();
 * Array.from(z) // => [1, 0, 1, 0, 1, 1]
 * ```
 */
export async function inThreads(
  source: Solver | ModuleRecipe,
  options: ThreadsOptions = {},
): Promise<ThreadedSolver> {
  const { threads = threadsByDefault() } = options;
  checkInteger('inThreads', 'threads', threads, 1, 256);
  const recipe = recipeOf(source);
  const own = isSolver(source) ? source : await makeSolver(recipe);
  const others = await startThreads(recipe, threads - 1);
  const { name, size, sense, kappa } = own;
  let theta: Float32Array = new Float32Array();
  let z: Float32Array = new Float32Array();
  let unusable: string | undefined;

  function end(reason: string): void {
    unusable ??= reason;
    for (const thread of others) thread.stop();
    (own as Partial<ThreadedSolver>).dispose?.();
  }

  function inSharedMemory(scores: Float32Array, rows: number, context: Context | undefined): Batch {
    if (theta.length < scores.length) {
      theta = sharedFloats(scores.length);
      z = sharedFloats(scores.length);
    }
    theta.set(scores);
    // Several chunks per thread, so that the others do not wait for a thread with hard instances.
    const rowsPerChunk = Math.ceil(rows / (8 * threads));
    const progress = noProgress(Math.ceil(rows / rowsPerChunk));
    return { theta, z, rows, context: sharedContext(context), rowsPerChunk, progress };
  }

  /** A thread that has ended may have lost a chunk; one that is still alive may still write to these arrays. */
  function expectAlive(): void {
    if (!others.some((thread) => thread.ended())) return;
    end('a thread has ended by itself; look for process.exit or a lack of memory in its solver');
    throw new Error(`${name}: ${unusable}`);
  }

  function solveRest(batch: Batch, from: number): void {
    try {
      solveRows(own, batch, from, batch.rows);
    } catch (error) {
      throw renumbered(error, from);
    }
  }

  return {
    name,
    size,
    sense,
    kappa,
    threads,
    solve(scores, target, rows, context) {
      if (unusable !== undefined) throw new Error(`${name}: ${unusable}`);
      checkBatch(name, size, scores, target, rows);
      if (others.length === 0 || rows < 2 || !isDivisible(context, rows)) {
        own.solve(scores, target, rows, context);
        return;
      }
      expectAlive();
      const batch = inSharedMemory(scores, rows, context);
      for (const thread of others) thread.post({ batch });
      takeChunks(own, batch);
      waitFor(batch.progress, done, chunksOf(batch), expectAlive);
      const solved = firstFailed(batch);
      // A row that failed in a thread fails here again. If it does not, the answer is valid.
      if (solved < rows) solveRest(batch, solved);
      target.set(z.subarray(0, target.length));
    },
    dispose: () => end('must not be used after dispose(); make a new one'),
  };
}

/** Shifts the instance number in an error, because the solver counted from the first row that it was given. */
function renumbered(error: unknown, from: number): unknown {
  if (from > 0 && error instanceof Error) {
    const { message, stack } = error;
    const corrected = message.replace(
      /\binstance (\d+)/,
      (_, row: string) => `instance ${Number(row) + from}`,
    );
    error.message = corrected;
    if (stack !== undefined) error.stack = stack.replace(message, () => corrected);
  }
  return error;
}

/**
 * If a context does not have the same number of values for each instance, the solver itself reports that for the whole
 * batch.
 */
function isDivisible(context: Context | undefined, rows: number): boolean {
  return Object.values(context ?? {}).every(({ length }) => length % rows === 0);
}
