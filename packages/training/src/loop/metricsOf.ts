import type { Metrics } from '../contracts/progress.js';

const reserved = ['kind', 'step', 'epoch', 'loss', 'seconds'];

/** Measured numbers as they are stored: null for what is not finite; null for the whole when nothing was measured. */
export function metricsOf(measured: Readonly<Record<string, number>>): Metrics | null {
  const entries = Object.entries(measured);
  if (entries.length === 0) return null;
  return Object.fromEntries(entries.map(([name, value]) => [name, Number.isFinite(value) ? value : null]));
}

/**
 * A model's observations as they stand in a line of the metrics.
 *
 * @throws When one has the name of a field that the line has already.
 */
export function loggable(observations: Readonly<Record<string, number>>): Metrics {
  const taken = Object.keys(observations).find((name) => reserved.includes(name));
  if (taken !== undefined) {
    throw new Error(`observations() must not be named ${reserved.join(', ')}; rename "${taken}"`);
  }
  return metricsOf(observations) ?? {};
}
