import { failureIn, type TeamMemory } from './teamMemory.js';

/** How long to wait before looking whether the others are still alive, in milliseconds. */
const PATIENCE = 500;

/** Thrown where a member can only stop, since another one failed. */
export class TeamFailure extends Error {}

/** A place where some threads wait for each other. */
export class Barrier {
  readonly #memory: TeamMemory;
  readonly #arrived: number;
  readonly #turn: number;
  readonly #watch: () => void;

  /** @param word - the first of two words of the control array. @param watch - called while waiting for long. */
  constructor(memory: TeamMemory, word: number, watch: () => void) {
    this.#memory = memory;
    this.#arrived = word;
    this.#turn = word + 1;
    this.#watch = watch;
  }

  /** Waits until that many threads are here. @throws TeamFailure when a member failed. */
  meet(threads: number): void {
    const { control } = this.#memory;
    const turn = Atomics.load(control, this.#turn);
    if (Atomics.add(control, this.#arrived, 1) + 1 === threads) {
      Atomics.store(control, this.#arrived, 0);
      Atomics.add(control, this.#turn, 1);
      Atomics.notify(control, this.#turn);
      return;
    }
    while (Atomics.load(control, this.#turn) === turn) {
      const failure = failureIn(this.#memory);
      if (failure !== null) throw new TeamFailure(failure);
      if (Atomics.wait(control, this.#turn, turn, PATIENCE) === 'timed-out') this.#watch();
    }
  }
}
