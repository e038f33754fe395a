import * as engine from '@aimle/engine';
import * as tf from '@tensorflow/tfjs';
import { wasmPaths } from '../wasmPaths.js';
import type { BrowserEngine } from './protocol.js';

export async function start(name: BrowserEngine): Promise<string> {
  if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  return engine.engineLine(await engine.useEngine(name, { wasmPaths, report: () => {} }));
}

/** What examples import as @aimle/engine: 'auto' is the reader's choice, and wasm knows where its files are. */
export function engineFor(chosen: BrowserEngine): typeof engine {
  const useEngine: typeof engine.useEngine = (request = 'auto', options = {}) =>
    engine.useEngine(request === 'auto' ? chosen : request, { wasmPaths, report: () => {}, ...options });
  return { ...engine, useEngine };
}

/** Runs the work, then frees every tensor and variable that it made. */
export async function cleanly(work: () => Promise<void>): Promise<void> {
  tf.engine().startScope();
  try {
    await work();
  } finally {
    tf.engine().endScope();
    tf.disposeVariables();
  }
}
