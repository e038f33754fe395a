import * as tf from '@tensorflow/tfjs';
import { addSegmentSum } from '../cpu/segmentSum.js';
import { installDevice } from '../operations/device.js';
import { addExplicitPadding } from '../operations/explicitPadding.js';
import { loadWasm, type WasmPaths } from '../wasm/loadWasm.js';
import { addCanvasRead } from '../webgpu/canvasRead.js';
import { addWholeSegmentSum } from '../webgpu/wholeSegmentSum.js';
import { type EngineName, NotUsable } from './report.js';
import { onNode } from './runtime.js';

/** What is known of an engine that is TensorFlow.js's backend. */
export interface Loaded {
  readonly version: string;
  /** The number of computing threads; 0 on a GPU. */
  readonly threads: number;
  /** The name of the GPU, if known. */
  readonly device?: string;
  readonly shims: readonly string[];
}

/** An engine that may be usable here. */
export interface Candidate {
  readonly backend: string;
  /** Registers the backend with TensorFlow.js and switches to it. Throws {@link NotUsable} if it cannot. */
  load(options: { readonly wasmPaths?: WasmPaths }): Promise<Loaded>;
}

/** All engines. */
export const candidates: Readonly<Record<EngineName, Candidate>> = {
  native: {
    backend: 'tensorflow',
    async load() {
      if (!onNode()) throw new NotUsable('it runs in Node only');
      return switchTo('tensorflow', await loadNative());
    },
  },
  wasm: {
    backend: 'wasm',
    async load({ wasmPaths }) {
      try {
        return await loadWasm(wasmPaths);
      } catch (error) {
        const remedy = 'pass the folder of the .wasm files to useEngine as wasmPaths';
        throw onNode() ? error : new NotUsable(messageOf(error), remedy, error);
      }
    },
  },
  webgl: {
    backend: 'webgl',
    async load() {
      inBrowser();
      const loaded = await switchTo('webgl', { shims: addExplicitPadding('webgl') });
      installDevice((await import('../webgl/webglDevice.js')).webglDevice(tf.backend()));
      return loaded;
    },
  },
  webgpu: {
    backend: 'webgpu',
    async load() {
      if (onNode()) {
        const loaded = await switchTo('webgpu', { ...(await loadDawn()), shims: webgpuShims() });
        await installWebgpu();
        return loaded;
      }
      await loadWebgpu();
      const loaded = await switchTo('webgpu');
      await installWebgpu();
      return { ...loaded, shims: [...webgpuShims(), addCanvasRead()] };
    },
  },
  cpu: {
    backend: 'cpu',
    load: () => switchTo('cpu', { threads: 1, shims: [addSegmentSum(), ...addExplicitPadding('cpu')] }),
  },
};

function webgpuShims(): string[] {
  return [addWholeSegmentSum(), ...addExplicitPadding('webgpu')];
}

/** Loads what runs on the GPU, which no other engine needs. */
async function installWebgpu(): Promise<void> {
  installDevice((await import('../webgpu/webgpuDevice.js')).webgpuDevice(tf.backend()));
}

async function loadNative(): Promise<Loaded> {
  try {
    return await (await import('#node/native/load')).loadNative(tf);
  } catch (error) {
    throw new NotUsable(
      messageOf(error).replace(/^native: /, ''),
      'npx @aimle/cli engine install native',
      error,
    );
  }
}

async function loadDawn(): Promise<Partial<Loaded>> {
  return { device: await (await import('#node/webgpu/load')).loadWebgpu(tf) };
}

async function loadWebgpu(): Promise<void> {
  if (tf.findBackendFactory('webgpu')) return;
  const name: string = '@tensorflow/tfjs-backend-webgpu';
  try {
    await import(/* @vite-ignore */ name);
  } catch (error) {
    throw new NotUsable(`${name} is not installed`, `install ${name} and import it before useEngine`, error);
  }
}

async function switchTo(backend: string, loaded: Partial<Loaded> = {}): Promise<Loaded> {
  if (!(await tf.setBackend(backend))) {
    throw new NotUsable(`TensorFlow.js could not start its ${backend} backend`);
  }
  const { version = tf.version['tfjs-core'], threads = 0, shims = [], ...named } = loaded;
  return { version, threads, shims, ...named };
}

function inBrowser(): void {
  if (onNode()) throw new NotUsable('it runs in browsers only');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
