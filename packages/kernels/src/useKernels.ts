import type { Exports } from './exports.js';
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
  const { WebAssembly, process } = globalThis as unknown as Host;
  if (WebAssembly === undefined || process?.env?.['AIMLE_KERNELS'] === 'off') return null;
  try {
    const { base64 } = await import('./module.js');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(bytes, { env: { abort, log: Math.log } });
    const { memory, firstFreeByte, ...functions } = instance.exports;
    return { ...functions, memory: new Memory(memory, firstFreeByte()) };
  } catch {
    // No SIMD, or a policy that forbids compilation: both leave the TypeScript in place, which is as right.
    return null;
  }
}

/** What is used of the host, which may lack either. Typed here, since no library of types covers Node and browsers. */
interface Host {
  readonly WebAssembly?: {
    instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Exports } }>;
  };
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

function abort(): never {
  throw new Error(
    'kernels: a kernel was called with arguments that it cannot take; this is a bug, please report it',
  );
}
