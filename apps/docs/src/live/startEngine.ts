import { useEngine } from '@aimle/engine';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import type { LiveEngine } from './protocol.js';

const wasmPaths = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': threaded,
};

/** Starts an engine in a worker, from the site's own files, and describes it. */
export async function startEngine(engine: LiveEngine): Promise<string> {
  const { name, threads } = await useEngine(engine, { wasmPaths, report: () => {} });
  if (threads === 0) return name;
  return `${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
