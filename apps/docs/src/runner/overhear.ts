import type { Tone } from './protocol.js';

const tones = { log: 'plain', info: 'plain', warn: 'warning', error: 'error' } as const;

/** Passes what an example logs to the page, until the returned function is called. */
export function overhear(hear: (tone: Tone, values: readonly unknown[]) => void): () => void {
  const { log, info, warn, error } = console;
  for (const [name, tone] of Object.entries(tones)) {
    console[name as keyof typeof tones] = (...values: unknown[]) => hear(tone, values);
  }
  return () => {
    Object.assign(console, { log, info, warn, error });
  };
}
