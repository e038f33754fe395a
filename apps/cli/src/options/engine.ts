import type { EngineReport } from '@aimle/engine';
import { UsageError } from '../failure.js';
import type { Terminal } from '../terminal/terminal.js';
import { oneOf } from './values.js';

/** The engines that Node can have. */
export const engineOption = oneOf('--engine', ['auto', 'native', 'wasm', 'cpu']).default('auto');

/** How help names them. */
export const engineHelp = [
  '--engine <name>',
  'auto, native, wasm or cpu (default: auto, or AIMLE_ENGINE)',
] as const;

/** Starts the engine and says which one it is. */
export async function startEngine(
  name: 'auto' | 'native' | 'wasm' | 'cpu',
  terminal: Terminal,
): Promise<EngineReport> {
  const { useEngine } = await import('@aimle/engine');
  try {
    return await useEngine(name, { report: (line) => terminal.say(terminal.ink.dim(line)) });
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
