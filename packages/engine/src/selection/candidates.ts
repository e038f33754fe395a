import * as tf from '@tensorflow/tfjs';
import { nodeRoom } from '../node/rooms.js';
import { loadWasm, type WasmPaths } from '../wasm/loadWasm.js';
import type { EngineName } from './report.js';
import { onNode } from './runtime.js';

/** What an engine answers once TensorFlow.js knows its backend. */
export interface Loaded {
  readonly version: string;
  readonly threads: number;
  readonly shims: readonly string[];
}

/** An engine that may or may not be usable here. */
export interface Candidate {
  readonly backend: string;
  /** What would make it usable, where it is not. */
  readonly remedy?: string;
  /** Makes TensorFlow.js know the backend and switches to it. Throws an Error that says why it cannot. */
  load(options: { readonly wasmPaths?: WasmPaths }): Promise<Loaded>;
}

export const candidates: Readonly<Record<EngineName, Candidate>> = {
  native: {
    backend: 'tensorflow',
    remedy: 'aimle engine install native',
    async load() {
      if (!onNode()) throw new Error('it runs in Node only');
      const { loadNative } = await nodeRoom('../native/load.js');
      const { version, threads } = await loadNative(tf);
      await switchTo('tensorflow');
      return { version, threads, shims: [] };
    },
  },
  wasm: {
    backend: 'wasm',
    remedy: 'in a browser, give useEngine the folder of the .wasm files as wasmPaths',
    load: (options) => loadWasm(options.wasmPaths),
  },
  webgl: {
    backend: 'webgl',
    async load() {
      if (onNode()) throw new Error('it runs in browsers only');
      await switchTo('webgl');
      return { version: tf.version['tfjs-core'], threads: 0, shims: [] };
    },
  },
  webgpu: {
    backend: 'webgpu',
    remedy: 'install @tensorflow/tfjs-backend-webgpu and import it before useEngine',
    async load() {
      if (onNode()) throw new Error('it runs in browsers only');
      if (tf.findBackendFactory('webgpu') === undefined)
        await importOptional('@tensorflow/tfjs-backend-webgpu');
      await switchTo('webgpu');
      return { version: tf.version['tfjs-core'], threads: 0, shims: [] };
    },
  },
  cpu: {
    backend: 'cpu',
    async load() {
      await switchTo('cpu');
      return { version: tf.version['tfjs-core'], threads: 1, shims: [] };
    },
  },
};

async function switchTo(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend)))
    throw new Error(`TensorFlow.js could not start its ${backend} backend`);
}

/** The name is kept from bundlers, which would insist on finding the module. */
async function importOptional(name: string): Promise<unknown> {
  return import(/* @vite-ignore */ name);
}
