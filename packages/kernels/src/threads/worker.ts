import { Board, type Kernel } from './board.js';

/*
 * What a worker runs: compile.ts bundles this file into text, which is started without a file, so that no bundler needs
 * to find one.
 */

/** What a worker gets. */
export interface Start {
  readonly module: object;
  readonly memory: { readonly buffer: ArrayBufferLike };
  readonly board: number;
  readonly slots: number;
  readonly thread: number;
}

interface Host {
  readonly WebAssembly: {
    readonly Instance: new (
      module: object,
      imports: object,
    ) => { readonly exports: Readonly<Record<string, Kernel>> };
  };
  onmessage: ((event: { readonly data: Start }) => void) | null;
}

const host = globalThis as unknown as Host;
const port = (globalThis.process?.getBuiltinModule?.('node:worker_threads').parentPort ?? host) as Host;

// A worker of Node can be seen to end only if its event loop has begun, as in an event.
port.onmessage = ({ data: { module, memory, board, slots, thread } }) => {
  const abort = () => {
    throw new Error('kernels: abort');
  };
  const { exports } = new host.WebAssembly.Instance(module, { env: { memory, abort, log: Math.log } });
  new Board(memory.buffer, board, slots, thread, Object.values(exports)).serve();
};
