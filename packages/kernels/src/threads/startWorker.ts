import type { Start } from './worker.js';

/** A thread other than the caller's. It never keeps a process alive. */
export interface Worker {
  /** Whether it has ended, or could not start; works while the caller's thread is busy, too. */
  ended(): boolean;
  stop(): void;
}

/** Starts a worker from the text of its script. */
export function startWorker(script: string, start: Start): Worker {
  try {
    const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
    return node ? nodeWorker(node, script, start) : browserWorker(script, start);
  } catch {
    // No permission: in Node by its flags, in a browser by a content security policy.
    return { ended: () => true, stop: () => {} };
  }
}

function nodeWorker({ Worker }: typeof import('node:worker_threads'), script: string, start: Start): Worker {
  // Without the flags of this process: some are refused in a worker, and it needs none.
  const worker = new Worker(script, { eval: true, execArgv: [], name: 'aimle' });
  let gone = false;
  worker.on('error', () => {
    gone = true;
  });
  worker.on('exit', () => {
    gone = true;
  });
  worker.postMessage(start);
  worker.unref();
  return {
    // A negative idle time means that the thread's event loop has ended; it needs no event to read.
    ended: () => gone || worker.performance.eventLoopUtilization().idle < 0,
    stop: () => void worker.terminate(),
  };
}

/** The part of browsers that is used here. */
interface Browser {
  readonly Worker: new (
    url: string,
    options: { readonly name: string },
  ) => { onerror: (() => void) | null; postMessage(start: Start): void; terminate(): void };
  readonly Blob: new (parts: readonly string[], options: { readonly type: string }) => object;
  readonly URL: { createObjectURL(blob: object): string };
}

function browserWorker(script: string, start: Start): Worker {
  const { Worker, Blob, URL } = globalThis as unknown as Browser;
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), {
    name: 'aimle',
  });
  let gone = false;
  // A browser reports this only by events, which wait until the caller's thread is free.
  worker.onerror = () => {
    gone = true;
  };
  worker.postMessage(start);
  return { ended: () => gone, stop: () => worker.terminate() };
}
