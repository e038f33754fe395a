import type { JsonValue } from '@aimle/estimators';

export interface Snapshot {
  readonly step: number;
  /** How often each edge was drawn. */
  readonly marginals: readonly number[];
}

const MAX_SNAPSHOTS = 8;

/** Keeps a few snapshots of the predicted edges of one recording, at growing distances; part of the model's state. */
export class Snapshots {
  #steps = 0;
  #taken: Snapshot[] = [];

  /** Counts a step. */
  count(): void {
    this.#steps++;
  }

  /** Keeps a snapshot, and replaces one of the same step. */
  take(marginals: ArrayLike<number>): void {
    const snapshot = {
      step: this.#steps,
      marginals: Array.from(marginals, (p) => Math.round(p * 1e3) / 1e3),
    };
    this.#taken = [...this.#taken.filter(({ step }) => step !== snapshot.step), snapshot];
    if (this.#taken.length > MAX_SNAPSHOTS) this.#taken = withoutMostCrowded(this.#taken);
  }

  get taken(): readonly Snapshot[] {
    return this.#taken;
  }

  state(): JsonValue {
    return {
      steps: this.#steps,
      taken: this.#taken.map(({ step, marginals }) => ({ step, marginals: [...marginals] })),
    };
  }

  restore(state: JsonValue): void {
    const { steps, taken } = state as unknown as { steps: number; taken: Snapshot[] };
    this.#steps = steps;
    this.#taken = taken;
  }
}

/** Removes the snapshot whose neighbours are closest, by the ratio of their steps. */
function withoutMostCrowded(taken: readonly Snapshot[]): Snapshot[] {
  let crowded = 1;
  let min = Infinity;
  for (let i = 1; i < taken.length - 1; i++) {
    const gap = (taken[i + 1]!.step + 1) / (taken[i - 1]!.step + 1);
    if (gap < min) [crowded, min] = [i, gap];
  }
  return taken.filter((_, i) => i !== crowded);
}
