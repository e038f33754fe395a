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
  validate(bytes: Uint8Array): boolean;
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(bytes: Uint8Array, imports: object): Promise<{ module: object; instance: { exports: object } }>;
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

/** The host's WebAssembly, where it has one and `AIMLE_KERNELS` is not `off`. */
export function webAssembly(): Assembly | undefined {
  return environment('AIMLE_KERNELS') === 'off' ? undefined : host.WebAssembly;
}

/** The bytes of a module that is text. */
export function decode(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
