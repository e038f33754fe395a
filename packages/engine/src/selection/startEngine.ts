import * as tf from '@tensorflow/tfjs';
import type { WasmPaths } from '../wasm/loadWasm.js';
import { candidates } from './candidates.js';
import type { EngineName, EngineReport, SelfTestResult } from './report.js';
import { selfTest } from './selfTest.js';

/** What engines need to be told to start. */
export interface StartOptions {
  /** Where a browser finds the .wasm files of @tensorflow/tfjs-backend-wasm. Default: next to the bundle. */
  readonly wasmPaths?: WasmPaths;
}

/** Loads an engine, switches to it and tests it. Never throws: a failure becomes the report's reason. */
export async function startEngine(name: EngineName, options: StartOptions): Promise<EngineReport> {
  const { backend, remedy, load } = candidates[name];
  const report = { name, backend, version: '', threads: 0, shims: [], selfTest: [], skipped: [] };
  const unusable = { ...report, usable: false, ...(remedy === undefined ? {} : { remedy }) };
  const before = tf.getBackend();
  try {
    return await quietly(async () => {
      const loaded = await load(options);
      const results = selfTest();
      const failed = results.filter((result) => !result.passed);
      if (failed.length === 0) return { ...report, ...loaded, usable: true, selfTest: results };
      const reason = `its self-test failed: ${failed.map(describe).join('; ')}`;
      if (before && before !== backend) await tf.setBackend(before);
      return { ...unusable, ...loaded, reason, selfTest: results };
    });
  } catch (error) {
    if (before && before !== backend) await tf.setBackend(before);
    return { ...unusable, reason: error instanceof Error ? error.message : String(error) };
  }
}

function describe({ name, error, tolerance, problem }: SelfTestResult): string {
  return `${name}: ${problem ?? `off by ${error}, more than ${tolerance}`}`;
}

/** TensorFlow.js advertises itself when a backend starts, except in production mode. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const before = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    return await work();
  } finally {
    tf.env().set('PROD', before);
  }
}
