import type { Answer, Message } from './messages.js';
import { workerThreads } from './workerThreads.js';

/** A thread besides the caller's. */
export interface Thread {
  /** Resolves to its answer to the recipe; rejects when it ends before. */
  readonly ready: Promise<Answer>;
  post(message: Message): void;
  /** Whether it is gone, also while the caller's own thread is busy. */
  ended(): boolean;
  /** Lets the process end although the thread is there. */
  release(): void;
  stop(): void;
}

export function startThread(): Thread {
  const threads = workerThreads();
  return threads ? nodeThread(threads) : browserThread();
}

// Not written as the bundlers for browsers look for it: this is Node's way, and none of their business.
const here = import.meta.url;

/** Not built, as in our own tests, a thread must first learn to read TypeScript. */
const fromSource = `
  import('tsx/esm/api').then(({ register }) => {
    register();
    return import('${new URL('worker.ts', here)}');
  });
`;

function nodeThread(threads: typeof import('node:worker_threads')): Thread {
  const worker = here.endsWith('.ts')
    ? new threads.Worker(fromSource, { eval: true, execArgv: ['--conditions=@aimle/source'] })
    : new threads.Worker(new URL('worker.js', here), { execArgv: inherited() });
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
    // A negative idle time is how Node says, without waiting for an event, that the thread's loop is no more.
    ended: () => gone || worker.performance.eventLoopUtilization().idle < 0,
    release: () => worker.unref(),
    stop: () => void worker.terminate(),
  };
}

/** What this process was started with, less what is about a program on the command line: a thread's is a file. */
function inherited(): string[] {
  return process.execArgv.filter(
    (argument, i, all) => !argument.startsWith('--input-type') && all[i - 1] !== '--input-type',
  );
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
  // Written just so, bundlers see that this file is to be bundled as well.
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  const ready = new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message ?? 'its script could not be loaded'));
  });
  return {
    ready,
    post: (message) => worker.postMessage(message),
    // A browser tells of it by events only, and not before the caller's own thread is free.
    ended: () => false,
    release: () => {},
    stop: () => worker.terminate(),
  };
}
