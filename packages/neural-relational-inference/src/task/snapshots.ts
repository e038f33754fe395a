import type { JsonValue } from '@aimle/estimators';

/** What was believed of the edges of one recording after so many steps. */
export interface Snapshot {
  readonly step: number;
  /** How often each edge was drawn. */
  readonly marginals: readonly number[];
}

const MOST = 8;

/**
 * How beliefs about one recording change in training: a few snapshots, the first and the last among them, at distances
 * that grow with the run. Part of the model's state, so that a resumed run has those from before.
 */
export class Snapshots {
  #steps = 0;
  #taken: Snapshot[] = [];

  /** A step was made. */
  count(): void {
    this.#steps++;
  }

  /** Keeps what is believed now; takes the place of what was believed at the same step. */
  take(marginals: ArrayLike<number>): void {
    const snapshot = {
      step: this.#steps,
      marginals: Array.from(marginals, (p) => Math.round(p * 1e3) / 1e3),
    };
    this.#taken = [...this.#taken.filter(({ step }) => step !== snapshot.step), snapshot];
    if (this.#taken.length > MOST) this.#taken = withoutMostCrowded(this.#taken);
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

/** Leaves out the one between two others that are nearest to each other, in proportion to how far training had come. */
function withoutMostCrowded(taken: readonly Snapshot[]): Snapshot[] {
  let crowded = 1;
  let min = Infinity;
  for (let i = 1; i < taken.length - 1; i++) {
    const gap = (taken[i + 1]!.step + 1) / (taken[i - 1]!.step + 1);
    if (gap < min) [crowded, min] = [i, gap];
  }
  return taken.filter((_, i) => i !== crowded);
}
