import type { BrowserEngine, Message, Request, RunEvent } from './protocol.js';

/** One worker for the page: it is reused as long as it works, so that a second run starts immediately. */
let worker: Worker | undefined;
let runs = 0;
/** The latest run. Its events count even after it has ended, because it may have left something running. */
let latest: { readonly run: number; readonly onEvent: (message: RunEvent) => void } | undefined;
let isRunning = false;

/**
 * Runs code in the worker, and stops any earlier run, here or in another example. The returned function ends this run and
 * everything that it left running, even if it is done; once another run has begun it does nothing.
 */
export function runInWorker(
  code: string,
  engine: BrowserEngine,
  onEvent: (message: RunEvent) => void,
): () => void {
  if (isRunning) end({ kind: 'stopped' });
  worker ??= begin();
  runs += 1;
  const run = runs;
  latest = { run, onEvent };
  isRunning = true;
  worker.postMessage({ run, code, engine } satisfies Request);
  return () => {
    if (latest?.run === run) end({ kind: 'stopped' });
  };
}

function begin(): Worker {
  const fresh = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  fresh.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.run !== latest?.run) return;
    if (data.kind === 'done' || data.kind === 'error') isRunning = false;
    latest.onEvent(data);
  };
  fresh.onerror = (event) => {
    // The page shows it, so the console need not.
    event.preventDefault();
    if (fresh === worker) end({ kind: 'died', text: event.message || 'the worker could not start' });
  };
  return fresh;
}

/** Terminates the worker. A worker that failed must neither keep running nor be reused. */
function end(why: RunEvent): void {
  const ended = isRunning ? latest : undefined;
  isRunning = false;
  latest = undefined;
  worker?.terminate();
  worker = undefined;
  ended?.onEvent(why);
}
