type Schedule = typeof globalThis.setImmediate;

/**
 * Dawn looks for finished work in ticks that it gives to `setImmediate`, so nothing finishes while JavaScript runs. Held
 * ticks can be run at once: with them a program can wait for the GPU without leaving the function that it is in.
 */
export class HeldTicks {
  #next: (() => void) | null = null;

  /** Calls Dawn, and holds the tick that it asks for. Outside this call `setImmediate` is the stock one. */
  during<T>(call: () => T): T {
    const stock = globalThis.setImmediate;
    const hold = (tick: () => void) => {
      const once = () => {
        if (this.#next !== once) return;
        this.#next = null;
        this.during(tick);
      };
      this.#next = once;
      return stock(once);
    };
    globalThis.setImmediate = hold as unknown as Schedule;
    try {
      return call();
    } finally {
      globalThis.setImmediate = stock;
    }
  }

  /** Runs the tick that is held instead of waiting for its turn; answers whether there was one. */
  run(): boolean {
    this.#next?.();
    return this.#next !== null;
  }
}
