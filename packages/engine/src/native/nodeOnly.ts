/** Imports a module of this folder by a name that bundlers do not follow: it would carry Node's modules into browsers. */
export async function nodeOnly<Module>(name: string): Promise<Module> {
  if (typeof globalThis.process?.versions?.node !== 'string')
    throw new Error('the native engine exists in Node only; in a browser use webgl or wasm');
  return (await import(/* @vite-ignore */ name)) as Module;
}
