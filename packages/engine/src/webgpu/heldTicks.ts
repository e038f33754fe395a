type Schedule = typeof globalThis.setImmediate;

/**
 * Holds the ticks in which Dawn looks for finished work. Dawn gives them to `setImmediate`, so nothing finishes while
 * JavaScript runs. Held ticks can be run at once, so a program can wait for the GPU within one function.
 */
export class HeldTicks {
  #next: (() => void) | null = null;
  #turn: unknown = null;

  /** Calls Dawn and holds the tick that it schedules. Outside this call, `setImmediate` is the original. */
  during<T>(call: () => T): T {
    const stock = globalThis.setImmediate;
    const hold = (tick: () => void) => {
      this.#next = tick;
      // One turn runs whichever tick is held then. In a busy loop, one turn per tick would pile up.
      this.#turn ??= stock(() => {
        this.#turn = null;
        this.run();
      });
      return this.#turn;
    };
    globalThis.setImmediate = hold as unknown as Schedule;
    try {
      return call();
    } finally {
      globalThis.setImmediate = stock;
    }
  }

  /** Runs the held tick now. Returns whether there is another. */
  run(): boolean {
    const tick = this.#next;
    this.#next = null;
    if (tick !== null) this.during(tick);
    return this.#next !== null;
  }
}
