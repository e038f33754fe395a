import * as tf from '@tensorflow/tfjs';
import type { EngineName, EngineReport } from './report.js';
import { inTurn, type StartOptions, startEngine } from './startEngine.js';

const order: readonly EngineName[] = ['native', 'wasm', 'webgl', 'webgpu', 'cpu'];

/**
 * Starts and tests every engine and reports on each: whether it is usable, and if not, why and what to do. Afterwards
 * the engine in use is active again. `aimle doctor` calls it. **Cost**: about a second, and the memory of every
 * engine stays allocated.
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
