import type { Worker } from 'node:worker_threads';
import { checkedSimulation, type SimulationOptions, simulateGraphLayout } from './simulate.js';

/** Settings of {@link simulateInThreads}. */
export interface ThreadedSimulationOptions extends SimulationOptions {
  /** In [1, 256]; default one per processor. With 1, or without thread support, it runs in the caller's thread. */
  readonly threads?: number;
  /** Called after each part with the number of finished simulations. */
  readonly onProgress?: (done: number) => unknown;
  /** Stops the simulation when aborted. */
  readonly signal?: AbortSignal;
}

/** Simulations per part: a few milliseconds of work, so that progress is smooth and threads finish together. */
const PART = 1000;

/**
 * Runs {@link simulateGraphLayout} in several threads. The numbers do not depend on how many.
 *
 * Faster from about ten thousand simulations on: a thread takes a quarter of a second to start. In a browser it runs in the
 * caller's thread, part by part.
 *
 * @param options - as for {@link simulateGraphLayout}, and the threads.
 * @throws RangeError when an option is out of range; the signal's reason when it is aborted.
 * @example
 * ```ts
 * import { simulateGraphLayout, simulateInThreads } from '@aimle/neural-relational-inference';
 * import { key } from '@aimle/random';
 *
 * const { positions } = await simulateInThreads({ count: 1500, frames: 2, key: key(0), threads: 2 });
 * const same = simulateGraphLayout({ count: 1500, frames: 2, key: key(0) }).positions;
 * positions.every((value, i) => value === same[i]); // => true
 * ```
 */
export async function simulateInThreads(
  options: ThreadedSimulationOptions,
): Promise<ReturnType<typeof simulateGraphLayout>> {
  const { onProgress, signal } = options;
  const { count, key, from, vertices, frames } = checkedSimulation(options);
  const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  const processors = node ? globalThis.process.getBuiltinModule('node:os').availableParallelism() : 1;
  const threads = options.threads ?? Math.min(processors, 256);
  if (!Number.isSafeInteger(threads) || threads < 1 || threads > 256) {
    throw new RangeError(`simulateInThreads: threads must be an integer in [1, 256], got ${String(threads)}`);
  }
  const frameSize = frames * 2 * vertices;
  const positions = new Float32Array(count * frameSize);
  const edges = new Uint8Array(count * vertices ** 2);
  const parts = Math.ceil(count / PART);
  let next = 0;
  let done = 0;

  const work = async (simulate: Simulate): Promise<void> => {
    while (next < parts) {
      signal?.throwIfAborted();
      const start = PART * next++;
      const size = Math.min(PART, count - start);
      const part = await simulate({ count: size, from: from + start, key, vertices, frames });
      positions.set(part.positions, start * frameSize);
      edges.set(part.edges, start * vertices ** 2);
      done += size;
      onProgress?.(done);
    }
  };

  const workers =
    node && threads > 1 ? Array.from({ length: Math.min(threads, parts) }, () => start(node)) : [];
  try {
    if (workers.length > 0) await Promise.all(workers.map((worker) => work(simulatorOf(worker))));
    else await work(here);
  } finally {
    for (const worker of workers) void worker.terminate();
  }
  return { count, frames, vertices, dimensions: 2, positions, edges };
}

type Part = { readonly positions: Float32Array; readonly edges: Uint8Array };
type Simulate = (options: SimulationOptions) => Promise<Part>;

const here: Simulate = async (options) => {
  await new Promise((resolve) => setTimeout(resolve));
  return simulateGraphLayout(options);
};

/** Sends parts to a thread one after the other. */
function simulatorOf(worker: Worker): Simulate {
  let resolve: (part: Part) => void = () => {};
  let reject: (error: Error) => void = () => {};
  worker.on('message', (part: Part) => resolve(part));
  worker.on('error', (error) => reject(error));
  worker.on('exit', (code) => reject(new Error(`simulateInThreads: a thread ended with exit code ${code}`)));
  return (options) =>
    new Promise((whenDone, whenFailed) => {
      resolve = whenDone;
      reject = whenFailed;
      worker.postMessage(options);
    });
}

const source = import.meta.url;

/** Starts a thread. From source, as in our own tests, the thread first registers a TypeScript loader. */
function start(node: typeof import('node:worker_threads')): Worker {
  if (!source.endsWith('.ts')) return new node.Worker(new URL('thread.js', source));
  const script = `
    import('tsx/esm/api').then(({ register }) => {
      register();
      return import('${new URL('thread.ts', source)}');
    });
  `;
  return new node.Worker(script, { eval: true, execArgv: ['--conditions=@aimle/source'] });
}
