/** Measures the speed of a run: recent steps per second, and seconds left. */
export class Tempo {
  readonly #steps: number;
  readonly #first: { readonly step: number; readonly time: number };
  #window: { readonly step: number; readonly time: number };
  #rate = 0;

  /** @param now Milliseconds of a clock that never goes back. */
  constructor(step: number, steps: number, now: number) {
    this.#steps = steps;
    this.#first = { step, time: now };
    this.#window = this.#first;
  }

  at(step: number, now: number): { stepsPerSecond: number; secondsLeft: number } {
    if (now - this.#window.time >= 1000 && step > this.#window.step) {
      const latest = (1000 * (step - this.#window.step)) / (now - this.#window.time);
      this.#rate = this.#rate === 0 ? latest : 0.7 * this.#rate + 0.3 * latest;
      this.#window = { step, time: now };
    }
    const done = step - this.#first.step;
    // The mean over the whole run, because it includes evaluations and checkpoints.
    const secondsPerStep = done > 0 ? (now - this.#first.time) / 1000 / done : 0;
    return {
      stepsPerSecond: this.#rate > 0 ? this.#rate : secondsPerStep > 0 ? 1 / secondsPerStep : 0,
      secondsLeft: secondsPerStep * (this.#steps - step),
    };
  }
}
