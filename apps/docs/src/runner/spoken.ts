import type { BrowserEngine, RunEvent } from './protocol.js';

interface Standing {
  readonly engine: BrowserEngine;
  /** Whether an error occurred that nothing awaited. */
  readonly failed: boolean;
  readonly running: boolean;
}

/** The new status after a message, if it changes. */
export function spoken(message: RunEvent, { engine, failed, running }: Standing): string | undefined {
  switch (message.kind) {
    case 'engine':
      return 'running';
    case 'done':
      return failed ? `failed on ${engine}` : `done in ${inWords(message.milliseconds)} on ${engine}`;
    case 'stray':
      return running ? undefined : `failed on ${engine}, after it was done`;
    case 'error':
      return message.unusable ? `failed: ${message.unusable} does not start here` : 'failed';
    case 'stopped':
      return 'stopped';
    case 'died':
      return 'failed: the worker has ended; Run starts a new one';
    default:
      return undefined;
  }
}

function inWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
