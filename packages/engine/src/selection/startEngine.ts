import * as tf from '@tensorflow/tfjs';
import type { WasmPaths } from '../wasm/loadWasm.js';
import { candidates } from './candidates.js';
import { type EngineName, type EngineReport, NotUsable, type SelfTestResult } from './report.js';
import { selfTest } from './selfTest.js';

/** What engines need to know to start. */
export interface StartOptions {
  /** Where a browser finds the .wasm files of @tensorflow/tfjs-backend-wasm. Default: next to the bundle. */
  readonly wasmPaths?: WasmPaths;
}

const started = new Map<EngineName, EngineReport>();

/**
 * Loads an engine, switches to it and tests it; a tested engine is only switched to. Never throws: a failure becomes
 * the report's reason, and the previous backend is restored.
 */
export async function startEngine(name: EngineName, options: StartOptions): Promise<EngineReport> {
  const { backend, load } = candidates[name];
  const known = started.get(name);
  if (known !== undefined && (await tf.setBackend(backend))) return known;
  const before = tf.engine().backendName;
  const report = await quietly(() => attempt(name, () => load(options)));
  if (report.usable) started.set(name, report);
  else if (before !== undefined && before !== backend) await tf.setBackend(before);
  return report;
}

async function attempt(
  name: EngineName,
  load: () => Promise<Pick<EngineReport, 'version' | 'threads' | 'device' | 'shims'>>,
): Promise<EngineReport> {
  const blank = {
    name,
    usable: false,
    backend: candidates[name].backend,
    version: '',
    threads: 0,
    shims: [],
    selfTest: [],
    skipped: [],
  };
  try {
    const loaded = { ...blank, ...(await load()) };
    const results = selfTest();
    const failures = results.filter(({ passed }) => !passed).map(describe);
    if (failures.length === 0) return { ...loaded, usable: true, selfTest: results };
    return { ...loaded, selfTest: results, reason: `its self-test failed: ${failures.join('; ')}` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = error instanceof NotUsable ? error.remedy : undefined;
    return { ...blank, reason, ...(remedy === undefined ? {} : { remedy }) };
  }
}

function describe({ name, error, tolerance, problem }: SelfTestResult): string {
  return `${name}: ${problem ?? `off by ${error}, more than ${tolerance}`}`;
}

/** Runs work in production mode, in which TensorFlow.js prints no notice when a backend starts. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const before = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    return await work();
  } finally {
    tf.env().set('PROD', before);
  }
}

let last: Promise<unknown> = Promise.resolve();

/** Runs one piece of work after the other: two at once would switch the backend during each other's self-test. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next.catch(() => {});
  return next;
}
