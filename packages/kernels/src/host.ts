/** What is used of the host's WebAssembly. Typed here, since no library of types covers Node and browsers. */
interface WebAssemblyHost {
  readonly Memory: new (descriptor: { initial: number }) => object;
  validate(bytes: Uint8Array): boolean;
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: object } }>;
}

interface Host {
  readonly WebAssembly?: WebAssemblyHost;
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

/** The host's WebAssembly, where it has one and `AIMLE_KERNELS` is not `off`. */
export function webAssembly(): WebAssemblyHost | undefined {
  const { WebAssembly, process } = globalThis as unknown as Host;
  return process?.env?.['AIMLE_KERNELS'] === 'off' ? undefined : WebAssembly;
}

/** Starts a module that is text, and returns what it exports. */
export async function start(wasm: WebAssemblyHost, base64: string, env: object): Promise<object> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return (await wasm.instantiate(bytes, { env })).instance.exports;
}
