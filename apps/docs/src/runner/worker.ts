import { compile } from './compile.js';
import { cleanly, engineFor, start } from './engine.js';
import type { Expectation } from './expected.js';
import { load } from './modules.js';
import { Printer } from './printer.js';
import { isOfAnother, problemOf } from './problems.js';
import type { BrowserEngine, Message, Request, RunEvent } from './protocol.js';

/** What the module of an example finds at `globalThis.__run`. */
interface Run {
  require(name: string): unknown;
  __show(line: number, value: unknown, comment?: string, expectation?: Expectation): void;
  __last(line: number, value: unknown): void;
  __plot(line: number, value: unknown, name: string): void;
}

// Errors of shapes are thrown far below the line of the example that caused them.
Error.stackTraceLimit = 200;

const place = globalThis as typeof globalThis & { __run?: Run };

/** The example that runs, or ran last: unhandled errors belong to it. */
let latest: { readonly printer: Printer; readonly address: string } | undefined;

addEventListener('message', async ({ data }: MessageEvent<Request>) => {
  const { run, code, engine } = data;
  const send = (message: RunEvent) => postMessage({ run, ...message } satisfies Message);
  const printer = new Printer(send);
  let address = '';
  let unusable: BrowserEngine | undefined;
  try {
    const { code: module, modules } = compile(code);
    unusable = engine;
    send({ kind: 'engine', line: await start(engine) });
    unusable = undefined;
    const loaded = await load(modules);
    if (loaded.has('@aimle/engine')) loaded.set('@aimle/engine', engineFor(engine));
    place.__run = tools(loaded, printer);
    address = URL.createObjectURL(new Blob([module], { type: 'text/javascript' }));
    latest = { printer, address };
    send({ kind: 'done', milliseconds: await perform(address, printer) });
  } catch (error) {
    send({ kind: 'error', ...problemOf(error, address), ...(unusable ? { unusable } : {}) });
  } finally {
    URL.revokeObjectURL(address);
  }
});

addEventListener('unhandledrejection', (event) => {
  const { reason } = event;
  if (!latest) return;
  event.preventDefault();
  if (isOfAnother(reason, latest.address)) return;
  const { text, line } = problemOf(reason, latest.address);
  latest.printer.stray(`a promise was rejected, and nothing caught it: ${text}`, line);
});

addEventListener('error', (event) => {
  if (!latest) return;
  // An error not handled here reaches the page as an error of the worker, which would end it.
  event.preventDefault();
  if (isOfAnother(event.error, latest.address)) return;
  const { text, line } = problemOf(event.error ?? event.message, latest.address);
  latest.printer.stray(text, line);
});

async function perform(address: string, printer: Printer): Promise<number> {
  const restore = overhear(printer);
  const began = performance.now();
  try {
    let milliseconds = 0;
    await cleanly(async () => {
      await import(/* @vite-ignore */ address);
      milliseconds = performance.now() - began;
      // Unhandled rejections are reported one turn later; the run is not done before.
      await new Promise((turn) => setTimeout(turn));
    });
    printer.hint();
    return milliseconds;
  } finally {
    restore();
    printer.end();
  }
}

function tools(modules: ReadonlyMap<string, unknown>, printer: Printer): Run {
  return {
    require: (name) => modules.get(name),
    __show: (line, value, comment, expectation) => printer.value(line, value, comment, expectation),
    __last: (line, value) => value === undefined || printer.value(line, value),
    __plot: (line, value, name) => printer.plot(line, value, name),
  };
}

const tones = {
  log: 'plain',
  info: 'plain',
  debug: 'plain',
  dir: 'plain',
  warn: 'warning',
  error: 'error',
} as const;

/** Passes what an example logs to the page, until the returned function is called. */
function overhear(printer: Printer): () => void {
  const { log, info, debug, dir, warn, error, table } = console;
  for (const [name, tone] of Object.entries(tones)) {
    console[name as keyof typeof tones] = (...values: unknown[]) => printer.log(tone, values);
  }
  console.table = (values: unknown) => printer.table(values);
  return () => {
    Object.assign(console, { log, info, debug, dir, warn, error, table });
  };
}
