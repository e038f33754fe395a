import { processors } from '@aimle/kernels';
import type { Batch } from './batch.js';
import type { Recipe } from './recipe.js';
import { workerFlags } from './workerFlags.js';
import { workerThreads } from './workerThreads.js';

/** The messages to a thread: first how to make its solver, then each batch. */
export type Message = { readonly recipe: Recipe } | { readonly batch: Batch };

/** A thread's answer to the recipe. It answers to batches in shared memory, without messages. */
export type Answer = { readonly ready: true } | { readonly ready: false; readonly reason: string };

/** A thread other than the caller's. */
interface Thread {
  /** Resolves to its answer to the recipe; rejects if it ends first. */
  readonly ready: Promise<Answer>;
  post(message: Message): void;
  /** Whether it has ended; works while the caller's thread is busy, too. */
  ended(): boolean;
  /** Lets the process end while the thread still exists. */
  release(): void;
  stop(): void;
}

function startThread(): Thread {
  const threads = workerThreads();
  return threads ? nodeThread(threads) : browserThread();
}

// Kept in a variable so that bundlers for browsers do not follow it: only Node uses it.
const here = import.meta.url;

/** From source, as in our own tests, a thread must first load a TypeScript loader. */
const fromSource = `
  import('tsx/esm/api').then(({ register }) => {
    register();
    return import('${new URL('worker.ts', here)}');
  });
`;

function nodeThread(threads: typeof import('node:worker_threads')): Thread {
  const worker = here.endsWith('.ts')
    ? new threads.Worker(fromSource, { eval: true, execArgv: ['--conditions=@aimle/source'] })
    : new threads.Worker(new URL('worker.js', here), workerFlags(process.execArgv));
  let gone = false;
  const ready = new Promise<Answer>((resolve, reject) => {
    worker.once('message', resolve);
    worker.on('error', reject);
    worker.on('exit', (code) => {
      gone = true;
      reject(new Error(`it ended with exit code ${code}`));
    });
  });
  return {
    ready,
    post: (message) => worker.postMessage(message),
    // A negative idle time means that the thread's event loop has ended; it needs no event to read.
    ended: () => gone || worker.performance.eventLoopUtilization().idle < 0,
    release: () => worker.unref(),
    stop: () => void worker.terminate(),
  };
}

/** The part of the Worker of browsers that is used here. */
interface BrowserWorker {
  onmessage: ((event: { readonly data: Answer }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: Message): void;
  terminate(): void;
}

declare const Worker: new (url: URL, options: { readonly type: 'module' }) => BrowserWorker;

function browserThread(): Thread {
  // Bundlers recognise exactly this form, and bundle the file as well.
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  const ready = new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message ?? 'its script could not be loaded'));
  });
  return {
    ready,
    post: (message) => worker.postMessage(message),
    // A browser reports this only by events, which wait until the caller's thread is free.
    ended: () => false,
    release: () => {},
    stop: () => worker.terminate(),
  };
}

/** Starts threads and waits until each has made its solver. They do not keep the process alive. */
export async function startThreads(recipe: Recipe, count: number): Promise<readonly Thread[]> {
  if (count > 0 && typeof SharedArrayBuffer === 'undefined') {
    throw new Error(
      'inThreads: needs SharedArrayBuffer, got a page that is not cross-origin isolated; serve it with the headers ' +
        'Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, or use one thread',
    );
  }
  const threads = Array.from({ length: count }, startThread);
  const answers = Promise.all(threads.map(({ ready }) => ready));
  try {
    for (const thread of threads) thread.post({ recipe });
    for (const answer of await answers) if (!answer.ready) throw new Error(answer.reason);
  } catch (cause) {
    for (const thread of threads) thread.stop();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`inThreads: a thread could not be started: ${reason}`, { cause });
  }
  for (const thread of threads) thread.release();
  return threads;
}

/** The number of threads by default: one for each available processor. */
export function threadsByDefault(): number {
  return Math.min(256, processors());
}
