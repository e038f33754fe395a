type Schedule = typeof globalThis.setImmediate;

/**
 * Dawn looks for finished work in ticks that it gives to `setImmediate`, so nothing finishes while JavaScript runs. Held
 * ticks can be run at once: with them a program can wait for the GPU without leaving the function that it is in.
 */
export class HeldTicks {
  #next: (() => void) | null = null;
  #turn: unknown = null;

  /** Calls Dawn, and holds the tick that it asks for. Outside this call `setImmediate` is the stock one. */
  during<T>(call: () => T): T {
    const stock = globalThis.setImmediate;
    const hold = (tick: () => void) => {
      this.#next = tick;
      // One turn waits for whichever tick is held then: in a loop that never rests, one for each would pile up.
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

  /** Runs the tick that is held instead of waiting for its turn; answers whether there is another. */
  run(): boolean {
    const tick = this.#next;
    this.#next = null;
    if (tick !== null) this.during(tick);
    return this.#next !== null;
  }
}
