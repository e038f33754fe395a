import type { BrowserEngine, Message, Request } from './protocol.js';

/** One worker for the page: it stays while it is well, so that a second run starts at once. */
let worker: Worker | undefined;
let runs = 0;
let running: { readonly run: number; readonly say: (message: Message) => void } | undefined;

/** Runs code in the worker. What ran before, here or in another example, is stopped. */
export function runInWorker(code: string, engine: BrowserEngine, say: (message: Message) => void): void {
  if (running) stop();
  worker ??= begin();
  runs += 1;
  running = { run: runs, say };
  worker.postMessage({ run: runs, code, engine } satisfies Request);
}

/** Ends the run that goes on, whatever it is doing. */
export function stop(): void {
  const stopped = running;
  running = undefined;
  worker?.terminate();
  worker = undefined;
  stopped?.say({ run: stopped.run, kind: 'error', text: 'stopped' });
}

function begin(): Worker {
  const fresh = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  fresh.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.run !== running?.run) return;
    const { say } = running;
    if (data.kind === 'done' || data.kind === 'error') running = undefined;
    say(data);
  };
  fresh.onerror = ({ message }) => {
    const failed = running;
    running = undefined;
    worker = undefined;
    failed?.say({ run: failed.run, kind: 'error', text: message || 'the worker could not start' });
  };
  return fresh;
}
