/** Lets timers, signals and messages in between steps, without slowing them: ten times a second. */
export class Pace {
  #rested = performance.now();

  /** Whether it is time to {@link rest}. */
  get due(): boolean {
    return performance.now() - this.#rested >= 100;
  }

  /** One turn of the event loop. */
  async rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (typeof setImmediate === 'function') setImmediate(resolve);
      else setTimeout(resolve, 0);
    });
    this.#rested = performance.now();
  }
}
