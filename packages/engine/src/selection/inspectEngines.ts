import * as tf from '@tensorflow/tfjs';
import type { EngineName, EngineReport } from './report.js';
import { inTurn, type StartOptions, startEngine } from './startEngine.js';

const order: readonly EngineName[] = ['native', 'wasm', 'webgl', 'webgpu', 'cpu'];

/**
 * Starts and tests every engine, and reports on each: usable, or why not and what to do. The engine in use is in
 * use again afterwards. For `aimle doctor`; takes about a second, and the memory of every engine stays taken.
 *
 * @example
 * ```ts
 * import { inspectEngines } from '@aimle/engine';
 *
 * const reports = await inspectEngines();
 * reports.map(({ name }) => name); // => ['native', 'wasm', 'webgl', 'webgpu', 'cpu']
 * reports.find(({ name }) => name === 'cpu')?.usable; // => true
 * ```
 */
export function inspectEngines(options: StartOptions = {}): Promise<EngineReport[]> {
  return inTurn(async () => {
    const before = tf.engine().backendName;
    const reports: EngineReport[] = [];
    for (const name of order) reports.push(await startEngine(name, options));
    if (before !== undefined) await tf.setBackend(before);
    return reports;
  });
}
