import type { Exports } from './exports.js';

/** A memory of WebAssembly. */
export interface Pages {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

/** WebAssembly, as far as it is used here. */
export interface Assembly {
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared?: boolean;
  }) => Pages;
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ module: object; instance: { exports: Exports } }>;
}

/** What is used of the host, which may lack it. Typed here, since no library of types covers Node and browsers. */
interface Host {
  readonly WebAssembly?: Assembly;
  readonly SharedArrayBuffer?: unknown;
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly hardwareConcurrency?: number };
}

export const host = globalThis as Host;

/** A variable of Node's environment; undefined where it is empty, and in a browser. */
export function environment(name: string): string | undefined {
  return globalThis.process?.env?.[name] || undefined;
}

/**
 * Returns the number of threads that can run at once: of Node's available parallelism, or what a browser tells.
 *
 * @experimental
 * @example
 * ```ts
 * import { processors } from '@aimle/kernels';
 * processors() >= 1; // => true
 * ```
 */
export function processors(): number {
  const node = globalThis.process?.getBuiltinModule?.('node:os');
  return node?.availableParallelism() ?? host.navigator?.hardwareConcurrency ?? 1;
}
