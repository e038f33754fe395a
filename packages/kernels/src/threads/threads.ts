import { type Common, Crew } from './crew.js';
import { Solo } from './solo.js';
import type { Team } from './team.js';

/** Nanoseconds of work, in one thread, that are worth more threads: a worker may take tens of microseconds to wake. */
const WORTH = 300_000;

/** Finds the team for a piece of work. */
export class Threads {
  /** Threads of a large piece of work, including the caller's. */
  readonly count: number;
  readonly #common: Common;
  readonly #solo: Solo;
  #crew: Crew | undefined;

  constructor(common: Common, count: number) {
    this.count = count;
    this.#common = common;
    this.#solo = new Solo(common.memory, common.kernels);
  }

  /**
   * Returns the team for work that takes about so many nanoseconds in one thread. The first piece that is large enough
   * starts the workers, and goes on alone.
   */
  for(nanoseconds: number): Team {
    if (this.count === 1 || nanoseconds < WORTH) return this.#solo;
    this.#crew ??= new Crew(this.#common, this.count);
    return this.#crew.ready ? this.#crew : this.#solo;
  }
}
