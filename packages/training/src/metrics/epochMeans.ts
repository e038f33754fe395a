import type { Metrics } from './metrics.js';

/** Sums and counts by name, exact in JSON. */
export type MeansState = Readonly<Record<string, { readonly sum: number; readonly count: number }>>;

/** Running means of named numbers over the steps of an epoch. */
export class EpochMeans {
  readonly #sums: Map<string, { sum: number; count: number }>;

  constructor(state: MeansState = {}) {
    this.#sums = new Map(Object.entries(state).map(([name, entry]) => [name, { ...entry }]));
  }

  /** Adds `count` values that sum to `sum`; ignores a sum that is not finite. */
  add(name: string, sum: number, count = 1): void {
    if (!Number.isFinite(sum)) return;
    const entry = this.#sums.get(name);
    if (entry === undefined) {
      this.#sums.set(name, { sum, count });
    } else {
      entry.sum += sum;
      entry.count += count;
    }
  }

  values(): Metrics | null {
    if (this.#sums.size === 0) return null;
    return Object.fromEntries([...this.#sums].map(([name, { sum, count }]) => [name, sum / count]));
  }

  state(): MeansState {
    return Object.fromEntries([...this.#sums].map(([name, entry]) => [name, { ...entry }]));
  }
}
