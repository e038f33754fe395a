import type { BrowserEngine, Message, Request, RunEvent } from './protocol.js';

/** One worker for the page: it stays while it is well, so that a second run starts at once. */
let worker: Worker | undefined;
let runs = 0;
/** The run that was asked for last. It is heard even when it has ended, for it may have left something going. */
let latest: { readonly run: number; readonly onEvent: (message: RunEvent) => void } | undefined;
let isRunning = false;

/** Runs code in the worker. What ran before, here or in another example, is stopped. */
export function runInWorker(code: string, engine: BrowserEngine, onEvent: (message: RunEvent) => void): void {
  if (isRunning) stop();
  worker ??= begin();
  runs += 1;
  latest = { run: runs, onEvent };
  isRunning = true;
  worker.postMessage({ run: runs, code, engine } satisfies Request);
}

/** Ends the run that goes on, whatever it is doing. */
export function stop(): void {
  end({ kind: 'stopped' });
}

function begin(): Worker {
  const fresh = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  fresh.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.run !== latest?.run) return;
    if (data.kind === 'done' || data.kind === 'error') isRunning = false;
    latest.onEvent(data);
  };
  fresh.onerror = (event) => {
    // It is said in the page, and need not be said in the console as well.
    event.preventDefault();
    if (fresh === worker) end({ kind: 'died', text: event.message || 'the worker could not start' });
  };
  return fresh;
}

/** Takes the worker away. A worker that is unwell must not be left to run on, or be asked again. */
function end(why: RunEvent): void {
  const ended = isRunning ? latest : undefined;
  isRunning = false;
  latest = undefined;
  worker?.terminate();
  worker = undefined;
  ended?.onEvent(why);
}
