import type { Memory } from '../memory.js';
import type { Kernel } from './board.js';
import type { Calls, Job, Needs, Own, Room, Team } from './team.js';

/** The caller's thread alone: it makes every call at once. */
export class Solo implements Team {
  readonly threads = 1;
  readonly #memory: Memory;
  readonly #calls: Calls;
  #result = 0;

  constructor(memory: Memory, kernels: Readonly<Record<string, Kernel>>) {
    this.#memory = memory;
    const calls = Object.entries(kernels).map(([name, kernel]) => [
      name,
      (...values: readonly (number | Own)[]) => {
        this.#result = kernel(...(values as readonly number[])) ?? 0;
      },
    ]);
    this.#calls = Object.fromEntries(calls) as Calls;
  }

  reserve({ shared = [], own = [], slot = [] }: Needs): Room {
    const at = this.#memory.scratches(...shared, ...own, ...slot);
    const rest = shared.length + own.length;
    return {
      shared: at.slice(0, shared.length),
      // The room of this thread is that of all threads, so that kernels take its address as it is.
      own: at.slice(shared.length, rest) as unknown as Own[],
      slots: [at.slice(rest)],
    };
  }

  run({ tasks, setUp, perform, finish }: Job): void {
    setUp?.(this.#calls);
    for (let task = 0; task < tasks; task++) {
      perform(this.#calls, task, 0);
      finish?.(task, 0, this.#result);
    }
  }
}
