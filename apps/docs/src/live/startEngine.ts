import { useEngine } from '@aimle/engine';
import { wasmPaths } from '../wasmPaths.js';
import type { LiveEngine } from './protocol.js';

/** Starts an engine in a worker, from the site's own files, and describes it. */
export async function startEngine(engine: LiveEngine): Promise<string> {
  const { name, threads } = await useEngine(engine, { wasmPaths, report: () => {} });
  if (threads === 0) return name;
  return `${name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
