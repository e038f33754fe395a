import { environment, processors, webAssembly } from './host.js';
import { install, type Kernels, kernels } from './kernels.js';

/** Settings of {@link useKernels}. */
export interface KernelOptions {
  /**
   * Threads that work on a large job, including the caller's, in [1, 64]. Default: that of the last call; at first
   * `AIMLE_THREADS` of Node's environment, or else one for each available processor, at most 8. Always 1 where memory
   * cannot be shared.
   */
  readonly threads?: number;
}

const MAX_THREADS = 64;
/** By default, since the caller's thread copies for all of them. */
const MANY_THREADS = 8;

/** By the number of threads. */
const loading = new Map<number, Promise<Kernels | null>>();
let last: number | undefined;
/** What the last call wanted, which decides where calls overlap; 0 threads for none. */
let wantedThreads = 0;

/**
 * Loads the WebAssembly kernels, or leaves them. `useEngine` does this for you; call it yourself where you use solvers,
 * noise or estimators without an engine, in a worker for instance. Nothing else changes: every number stays the same to
 * the last bit, only sooner.
 *
 * The kernels are loaded once, as a chunk of their own (`import()`). They need WebAssembly with SIMD (all current
 * browsers, Node 16), and a content security policy, if there is one, that allows `'wasm-unsafe-eval'`; without them, or
 * with `AIMLE_KERNELS=off` in the environment, the TypeScript goes on doing the work.
 *
 * Large work, of some 0.3 ms and more, is spread over threads: workers in shared memory, which start at the first such
 * work and take their share once they are ready. They make the same numbers in any number, and never keep a process
 * alive. Browsers share memory in cross-origin isolated pages only (headers `Cross-Origin-Opener-Policy: same-origin`
 * and `Cross-Origin-Embedder-Policy: require-corp`), and need `worker-src blob:` where a policy restricts workers;
 * elsewhere one thread does the work.
 *
 * @param wanted - default true; false goes back to TypeScript, for comparisons.
 * @param options - the number of threads.
 * @returns whether the kernels are in use.
 * @throws {RangeError} when `threads` is no integer in [1, 64], or `AIMLE_THREADS` no whole number of at least 1.
 * @example
 * ```ts
 * import { useKernels } from '@aimle/kernels';
 * await useKernels(false); // => false
 * ```
 */
export async function useKernels(wanted = true, options: KernelOptions = {}): Promise<boolean> {
  if (!wanted) {
    wantedThreads = 0;
    install(null);
    return false;
  }
  const threads = checked(options.threads ?? last ?? threadsByDefault());
  last = threads;
  wantedThreads = threads;
  let found = loading.get(threads);
  if (found === undefined) {
    found = load(threads);
    loading.set(threads, found);
  }
  const loaded = await found;
  if (wantedThreads === threads) install(loaded);
  return kernels() !== null;
}

function threadsByDefault(): number {
  const asked = environment('AIMLE_THREADS');
  if (asked === undefined) return Math.min(MANY_THREADS, processors());
  const threads = Number(asked);
  if (Number.isInteger(threads) && threads >= 1) return Math.min(MAX_THREADS, threads);
  throw new RangeError(`AIMLE_THREADS must be a whole number of at least 1, got ${asked}`);
}

function checked(threads: number): number {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MAX_THREADS) return threads;
  throw new RangeError(`useKernels: threads must be an integer in [1, ${MAX_THREADS}], got ${threads}`);
}

async function load(threads: number): Promise<Kernels | null> {
  const assembly = webAssembly();
  if (assembly === undefined) return null;
  try {
    return await (await import('./load.js')).load(assembly, threads);
  } catch {
    // No SIMD, or a policy that forbids compilation: both leave the TypeScript in place, which is as right.
    return null;
  }
}
