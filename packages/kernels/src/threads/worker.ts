import { Board, type Kernel } from './board.js';

/*
 * What a worker runs: compile.ts bundles this file into text, which is started without a file, so that no bundler needs
 * to find one.
 */

/** What a worker gets. */
export interface Start {
  readonly modules: readonly object[];
  /** The kernels, by their numbers. */
  readonly names: readonly string[];
  readonly memory: { readonly buffer: ArrayBufferLike };
  readonly board: number;
  readonly slots: number;
  readonly thread: number;
  /** Where this thread's kernels may work for a moment. */
  readonly room: number;
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
port.onmessage = ({ data: { modules, names, memory, board, slots, thread, room } }) => {
  const abort = () => {
    throw new Error('kernels: abort');
  };
  const imports = { env: { memory, abort, log: Math.log } };
  const instances = modules.map((module) => new host.WebAssembly.Instance(module, imports).exports);
  const kernels: Readonly<Record<string, Kernel>> = Object.assign({}, ...instances);
  kernels['useRoom']!(room);
  new Board(
    memory.buffer,
    board,
    slots,
    thread,
    names.map((name) => kernels[name]!),
  ).serve();
};
