import { currentEngine } from '@aimle/engine';
import type { RunEngine } from '../run/run.js';

/** The engine in use, as runs record it. */
export function engineInUse(): RunEngine {
  const { name, version, threads } = currentEngine();
  return { name, version, threads };
}
