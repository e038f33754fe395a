import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { onNode } from '../selection/runtime.js';
import { addProducts } from './products.js';
import { installShims } from './shims.js';

/** The location of the .wasm files: their folder, or a path for each file name. */
export type WasmPaths = string | Readonly<Record<string, string>>;

/** Starts TensorFlow.js's wasm backend. Throws an Error that says why if it cannot. */
export async function loadWasm(
  paths?: WasmPaths,
): Promise<{ version: string; threads: number; shims: readonly string[] }> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  if (!tf.findBackendFactory('wasm')) {
    throw new Error(
      '@tensorflow/tfjs-backend-wasm found another copy of @tensorflow/tfjs-core than this one',
    );
  }
  const folder = paths ?? (onNode() ? (await import('#node/node/wasmFolder')).wasmFolder() : undefined);
  if (folder !== undefined) wasm.setWasmPaths(folder);
  // In a cross-origin isolated page the backend starts threads from the text of one of its functions. A bundler
  // renames that function's free variable, so the threads fail and the backend waits for them forever.
  if (!onNode()) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const shims = installShims();
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js could not start its wasm backend');
  await addProducts(tf.backend() as BackendWasm);
  return { version: wasm.version_wasm, threads: wasm.getThreadsCount(), shims };
}
