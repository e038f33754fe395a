import type { Exports } from './exports.js';
import { start, webAssembly } from './host.js';
import { install, type Kernels, kernels } from './kernels.js';
import { Memory } from './memory.js';

let loading: Promise<Kernels | null> | undefined;

/**
 * Loads the WebAssembly kernels, or leaves them. `useEngine` does this for you; call it yourself where you use solvers,
 * noise or estimators without an engine, in a worker for instance. Nothing else changes: every number stays the same to
 * the last bit, only sooner.
 *
 * The kernels are loaded once, as a chunk of their own (`import()`). They need WebAssembly with SIMD (all current
 * browsers, Node 16), and a content security policy, if there is one, that allows `'wasm-unsafe-eval'`; without them, or
 * with `AIMLE_KERNELS=off` in the environment, the TypeScript goes on doing the work.
 *
 * @param wanted - default true; false goes back to TypeScript, for comparisons.
 * @returns whether the kernels are in use.
 * @example
 * ```ts
 * import { useKernels } from '@aimle/kernels';
 * await useKernels(false); // => false
 * ```
 */
export async function useKernels(wanted = true): Promise<boolean> {
  if (!wanted) {
    install(null);
    return false;
  }
  loading ??= load();
  install(await loading);
  return kernels() !== null;
}

async function load(): Promise<Kernels | null> {
  const wasm = webAssembly();
  if (wasm === undefined) return null;
  try {
    const { base64 } = await import('./module.js');
    const exports = (await start(wasm, base64, { abort, log: Math.log })) as Exports;
    const { memory, firstFreeByte, ...functions } = exports;
    return { ...functions, memory: new Memory(memory, firstFreeByte()) };
  } catch {
    // No SIMD, or a policy that forbids compilation: both leave the TypeScript in place, which is as right.
    return null;
  }
}

function abort(): never {
  throw new Error(
    'kernels: a kernel was called with arguments that it cannot take; this is a bug, please report it',
  );
}
