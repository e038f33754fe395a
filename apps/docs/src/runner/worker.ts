import { compile, NotTypeScript } from './compile.js';
import { describe } from './describe.js';
import { cleanly, engineFor, start } from './engine.js';
import { isAsExpected } from './expected.js';
import { load } from './modules.js';
import { seriesOf } from './plotted.js';
import type { Message, Request } from './protocol.js';

/** What the module of an example finds at `globalThis.__run`. */
interface Run {
  require(name: string): unknown;
  __show(line: number, value: unknown, comment: string | undefined): void;
  __plot(line: number, value: unknown, name: string): void;
}

const place = globalThis as typeof globalThis & { __run?: Run };

addEventListener('message', async ({ data }: MessageEvent<Request>) => {
  const { run, code, engine } = data;
  const say = (message: Said) => postMessage({ run, ...message });
  let address = '';
  try {
    const { code: module, modules } = compile(code);
    say({ kind: 'engine', line: await start(engine) });
    const loaded = await load(modules);
    if (loaded.has('@aimle/engine')) loaded.set('@aimle/engine', engineFor(engine));
    place.__run = tools(loaded, say);
    const restore = overhear((text) => say({ kind: 'log', text }));
    address = URL.createObjectURL(new Blob([module], { type: 'text/javascript' }));
    const began = performance.now();
    try {
      await cleanly(() => import(/* @vite-ignore */ address));
    } finally {
      restore();
    }
    say({ kind: 'done', milliseconds: performance.now() - began });
  } catch (error) {
    say(problemOf(error, address));
  } finally {
    URL.revokeObjectURL(address);
  }
});

type Said = Message extends infer Each ? (Each extends Message ? Omit<Each, 'run'> : never) : never;

function tools(modules: ReadonlyMap<string, unknown>, say: (message: Said) => void): Run {
  return {
    require: (name) => modules.get(name),
    __show(line, value, comment) {
      const differs = comment !== undefined && isAsExpected(value, comment) === false;
      say({ kind: 'value', line, text: describe(value), ...(differs ? { expected: comment } : {}) });
    },
    __plot: (line, value, name) => say({ kind: 'plot', line, series: seriesOf(value, name) }),
  };
}

/** Shows in the page what an example logs. */
function overhear(say: (text: string) => void): () => void {
  const { log } = console;
  console.log = (...values: unknown[]) => say(values.map(describe).join(' '));
  return () => {
    console.log = log;
  };
}

function problemOf(error: unknown, address: string): Said {
  if (error instanceof NotTypeScript) return { kind: 'error', text: error.message, line: error.line };
  const text = error instanceof Error ? error.message : String(error);
  const stack = (error instanceof Error && error.stack) || '';
  const line = address ? stack.split(`${address}:`)[1]?.match(/^\d+/)?.[0] : undefined;
  return { kind: 'error', text, ...(line ? { line: Number(line) } : {}) };
}
