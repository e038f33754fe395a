import type { Exports } from './exports.js';
import { type Assembly, decode } from './host.js';
import type { Kernels } from './kernels.js';
import { Memory } from './memory.js';
import { base64, SHARED_FLAG, workerScript as script } from './module.js';
import { ownPages, sharedPages } from './pages.js';
import { loadProducts } from './products/products.js';
import type { Kernel } from './threads/board.js';
import { Threads } from './threads/threads.js';
import { withoutData } from './threads/withoutData.js';

/** Compiles the kernels: what only their user loads, as a chunk of its own. */
export async function load(assembly: Assembly, wanted: number): Promise<Kernels> {
  const bytes = decode(base64);
  const shared = wanted > 1 ? sharedPages(assembly) : null;
  if (shared === null) bytes[SHARED_FLAG] = 1;
  const pages = shared ?? ownPages(assembly);
  const imports = { env: { memory: pages, abort, log: Math.log } };
  const { instance } = await assembly.instantiate(bytes, imports);
  const { firstFreeByte, ...functions } = instance.exports as Exports;
  const memory = new Memory(pages, firstFreeByte());
  const { module: others, products } = await loadProducts(assembly, pages, shared !== null);
  const { multiply, roomOfProducts } = products;
  const all = { ...functions, multiply, roomOfProducts };
  const modules = shared === null ? [] : [await assembly.compile(withoutData(bytes)), others];
  const common = { modules, script, pages, memory, kernels: asNumbers(all) };
  const threads = new Threads(common, shared === null ? 1 : wanted);
  return { ...all, memory, threads: threads.count, team: (work) => threads.for(work) };
}

/** The same functions, which take booleans as numbers. */
function asNumbers(exports: object): Readonly<Record<string, Kernel>> {
  return exports as Readonly<Record<string, Kernel>>;
}

function abort(): never {
  throw new Error(
    'kernels: a kernel was called with arguments that it cannot take; this is a bug, please report it',
  );
}
