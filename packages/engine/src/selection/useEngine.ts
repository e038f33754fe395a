import { useKernels } from '@aimle/kernels';
import * as tf from '@tensorflow/tfjs';
import { type EngineName, type EngineReport, engineLine, type SkippedEngine, whyNot } from './report.js';
import { announce, environment, onNode } from './runtime.js';
import { inTurn, type StartOptions, startEngine } from './startEngine.js';

/** Settings of {@link useEngine}. */
export interface EngineOptions extends StartOptions {
  /** Receives the report line. Default: stderr in Node, `console.info` in browsers. */
  readonly report?: (line: string) => void;
  /** Threads of the kernels, as of `useKernels`: for layers, noise, solvers, and products of matrices on wasm. */
  readonly threads?: number;
}

const names: readonly EngineName[] = ['native', 'wasm', 'webgl', 'webgpu', 'cpu'];
let current: EngineReport | undefined;
let autoChoice: EngineReport | undefined;

/**
 * Starts an engine, tests that it computes what our models need, makes it TensorFlow.js's backend, and reports that
 * in one line.
 *
 * 'auto' takes the first engine that works: in Node native, then wasm, then cpu; in browsers webgl, then wasm, then
 * cpu. webgpu is used only on request. In Node, the environment variable AIMLE_ENGINE overrides 'auto'. An engine
 * requested by name starts, or the call fails; no other engine replaces it. Requesting the engine in use again costs
 * nothing and prints nothing. It also loads the WebAssembly kernels of solvers and noise (`useKernels`), which change
 * no number; where they do not run, the TypeScript does. They spread large work over `threads`, by default
 * `AIMLE_THREADS` of the environment or all available processors up to 8, where memory can be shared.
 *
 * @throws when the name is unknown, or the engine is not usable: the message says why and what to do.
 *
 * @example
 * ```ts
 * import { useEngine } from '@aimle/engine';
 *
 * const report = await useEngine('wasm', { report: () => {} });
 * report.backend; // => 'wasm'
 * ```
 */
export function useEngine(
  request: EngineName | 'auto' = 'auto',
  options: EngineOptions = {},
): Promise<EngineReport> {
  return inTurn(async () => {
    await useKernels(true, options.threads === undefined ? {} : { threads: options.threads });
    return choose(request, options);
  });
}

/**
 * Returns the report of the engine in use.
 *
 * @throws when no engine is in use yet.
 *
 * @example
 * ```ts
 * import { currentEngine, useEngine } from '@aimle/engine';
 *
 * await useEngine('cpu');
 * currentEngine().name; // => 'cpu'
 * ```
 */
export function currentEngine(): EngineReport {
  if (current === undefined) {
    throw new Error('currentEngine: no engine is in use yet; call `await useEngine()` first');
  }
  return current;
}

async function choose(request: EngineName | 'auto', options: EngineOptions): Promise<EngineReport> {
  const wanted = request === 'auto' ? fromEnvironment() : checked(request, 'useEngine: the engine');
  if (current !== undefined && tf.getBackend() === current.backend) {
    if (wanted === current.name || (wanted === 'auto' && current === autoChoice)) return current;
  }
  current = wanted === 'auto' ? await firstUsable(options) : await startOrThrow(wanted, options);
  if (wanted === 'auto') autoChoice = current;
  (options.report ?? announce)(engineLine(current));
  return current;
}

async function firstUsable(options: EngineOptions): Promise<EngineReport> {
  const skipped: EngineReport[] = [];
  const order: EngineName[] = onNode() ? ['native', 'wasm', 'cpu'] : ['webgl', 'wasm', 'cpu'];
  for (const name of order) {
    const report = await startEngine(name, options);
    if (report.usable) return { ...report, skipped: skipped.map(asSkipped) };
    skipped.push(report);
  }
  throw new Error(`useEngine: no engine is usable: ${skipped.map(whyNot).join('; ')}`);
}

async function startOrThrow(name: EngineName, options: EngineOptions): Promise<EngineReport> {
  const report = await startEngine(name, options);
  if (report.usable) return report;
  throw new Error(`useEngine: ${whyNot(report)}`);
}

function asSkipped({ name, reason = '', remedy }: EngineReport): SkippedEngine {
  return remedy === undefined ? { name, reason } : { name, reason, remedy };
}

function fromEnvironment(): EngineName | 'auto' {
  const named = environment('AIMLE_ENGINE');
  return named === undefined || named === '' || named === 'auto' ? 'auto' : checked(named, 'AIMLE_ENGINE');
}

function checked(name: string, what: string): EngineName {
  const known = names.find((one) => one === name);
  if (known === undefined) {
    throw new RangeError(`${what} must be one of auto, ${names.join(', ')}, got ${JSON.stringify(name)}`);
  }
  return known;
}
