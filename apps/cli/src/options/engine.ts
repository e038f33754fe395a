import type { EngineReport, SkippedEngine } from '@aimle/engine';
import { RequestError } from '@aimle/training/errors';
import type { Terminal } from '../terminal/terminal.js';
import { oneOf } from './values.js';

export const engineOption = oneOf('--engine', ['auto', 'native', 'wasm', 'webgpu', 'cpu']).default('auto');

export const engineHelp = [
  '--engine <name>',
  'auto, native, wasm, webgpu or cpu (default: auto, or AIMLE_ENGINE)',
] as const;

/** Starts the engine and prints which one it is, and why faster ones are not used. */
export async function startEngine(
  name: 'auto' | 'native' | 'wasm' | 'webgpu' | 'cpu',
  terminal: Terminal,
): Promise<EngineReport> {
  const { engineLine, useEngine } = await import('@aimle/engine');
  try {
    const report = await useEngine(name, { report: () => {} });
    const lines = [engineLine({ ...report, skipped: [] }), ...report.skipped.map(unusable)];
    terminal.stderr(terminal.ink.dim(lines.join('\n')));
    return report;
  } catch (error) {
    if (error instanceof RangeError) throw new RequestError(error.message, { cause: error });
    throw error;
  }
}

/** Says why an engine is not used. The remedy's command has its own line, so that no terminal breaks it. */
function unusable({ name, reason, remedy }: SkippedEngine): string {
  return `${name} is not usable: ${reason}${remedy === undefined ? '' : `; to get it:\n  ${remedy}`}`;
}
