import type { Pages } from '../host.js';
import type { Memory } from '../memory.js';
import { Board, bytesOf, type Kernel } from './board.js';
import { maySleep } from './maySleep.js';
import { startWorker, type Worker } from './startWorker.js';
import type { Calls, Job, Needs, Own, Room, Team } from './team.js';

/** What all threads share. */
export interface Common {
  readonly modules: readonly object[];
  /** The text that a worker runs. */
  readonly script: string;
  readonly pages: Pages;
  readonly memory: Memory;
  readonly kernels: Readonly<Record<string, Kernel>>;
}

/** The caller's thread and workers. They start in the background, and wait asleep. */
export class Crew implements Team {
  readonly threads: number;
  readonly #memory: Memory;
  readonly #board: Board;
  readonly #slots: number;
  readonly #workers: readonly Worker[];
  readonly #setUpCalls: Calls;
  readonly #taskCalls: Calls;
  readonly #sleeps = maySleep();
  #stride = 0;
  #slot = 0;
  #failed = false;

  constructor({ modules, script, pages, memory, kernels }: Common, threads: number) {
    this.threads = threads;
    this.#memory = memory;
    // A few tasks for each thread, so that the caller can copy while the others work; a power of two.
    this.#slots = 2 ** Math.ceil(Math.log2(3 * threads));
    const at = memory.keep(bytesOf(this.#slots));
    this.#board = new Board(pages.buffer, at, this.#slots, 0, Object.values(kernels));
    this.#setUpCalls = recorder(kernels, (...call) => this.#board.writeSetUp(...call));
    this.#taskCalls = recorder(kernels, (...call) => this.#board.write(this.#slot, ...call));
    const names = Object.keys(kernels);
    const common = { modules, names, memory: pages, board: at, slots: this.#slots };
    this.#workers = Array.from({ length: threads - 1 }, (_, i) => {
      const room = memory.keep(kernels['bytesOfRoom']!() as number);
      return startWorker(script, { ...common, thread: i + 1, room });
    });
  }

  /** Whether all workers are ready, and none is known to have ended. */
  get ready(): boolean {
    return !this.#failed && this.#board.ready() === this.#workers.length && !this.#anyEnded();
  }

  reserve({ shared = [], own = [], slot = [] }: Needs): Room {
    // Room of threads and slots lies one behind the other, so a thread's is as far from the next one's as a task's.
    const { threads } = this;
    const slots = this.#slots;
    const at = this.#memory.scratches(...shared, ...repeated(own, threads), ...repeated(slot, slots));
    const ownAt = at.slice(shared.length, shared.length + threads * own.length);
    const slotAt = at.slice(shared.length + threads * own.length);
    this.#stride = own.length === 0 ? 0 : ownAt[own.length]! - ownAt[0]!;
    return {
      shared: at.slice(0, shared.length),
      own: ownAt.slice(0, own.length).map((address) => ({ own: address })),
      slots: Array.from({ length: slots }, (_, i) => slotAt.slice(i * slot.length, (i + 1) * slot.length)),
    };
  }

  run(job: Job): void {
    const board = this.#board;
    board.open(this.#stride);
    job.setUp?.(this.#setUpCalls);
    const slots: number[] = [];
    let published = 0;
    let finished = 0;
    try {
      while (finished < job.tasks) {
        if (published < job.tasks && published - finished < this.#slots) {
          this.#perform(job, published);
          slots[published % this.#slots] = this.#slot;
          board.publish();
          published++;
          continue;
        }
        const slot = slots[finished % this.#slots]!;
        if (!board.isWaiting(slot)) {
          if (!board.isDone(slot)) this.#repeat(job, finished, slot);
          job.finish?.(finished, slot, board.resultOf(slot));
          finished++;
          continue;
        }
        const next = board.take();
        if (next >= 0) board.work(next);
        else if (this.#failed) this.#repeat(job, finished, slot);
        else this.#await(slot);
      }
    } finally {
      // After an error the others may still be at work in this room.
      for (; finished < published; finished++) this.#quit(slots[finished % this.#slots]!);
    }
  }

  /** Ends the workers. */
  stop(): void {
    this.#failed = true;
    for (const worker of this.#workers) worker.stop();
  }

  #perform(job: Job, task: number): void {
    this.#slot = this.#board.prepare();
    job.perform(this.#taskCalls, task, this.#slot);
  }

  /** Does a task that a thread failed at, or was at work on when it ended; an error that is no accident comes again. */
  #repeat(job: Job, task: number, slot: number): void {
    this.#slot = slot;
    this.#board.renew(slot);
    try {
      job.perform(this.#taskCalls, task, slot);
      this.#board.run(slot);
    } finally {
      this.#board.close(slot);
    }
  }

  /** Waits until nobody is at work on a task, without doing it. */
  #quit(slot: number): void {
    for (let next = this.#board.take(); next >= 0; next = this.#board.take()) this.#board.close(next);
    while (this.#board.isWaiting(slot) && !this.#failed) this.#await(slot);
  }

  /** Waits some time for a task. If a worker has ended by itself, it ends all, and this thread goes on alone. */
  #await(slot: number): void {
    this.#board.await(slot, this.#sleeps);
    if (!this.#anyEnded()) return;
    this.stop();
    // Before a task is done again, nobody else may be at work on it.
    while (!this.#workers.every((worker) => worker.ended()));
  }

  #anyEnded(): boolean {
    return this.#workers.some((worker) => worker.ended());
  }
}

/** The kernels as calls that are written down. */
function recorder(
  kernels: Common['kernels'],
  write: (kernel: number, values: readonly number[], own: number) => void,
): Calls {
  const calls = Object.keys(kernels).map((name, kernel) => [
    name,
    (...values: readonly (number | Own)[]) => {
      let own = 0;
      const numbers = values.map((value, i) => {
        if (typeof value !== 'object') return Number(value);
        own |= 1 << i;
        return value.own;
      });
      write(kernel, numbers, own);
    },
  ]);
  return Object.fromEntries(calls) as Calls;
}

function repeated(bytes: readonly number[], times: number): number[] {
  return Array.from({ length: times }, () => bytes).flat();
}
