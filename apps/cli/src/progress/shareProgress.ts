import type { Terminal } from '../terminal/terminal.js';
import { duration } from '../terminal/wording.js';

/** Milliseconds between updates: of a live line, and of plain lines in a log. */
const every = { live: 100, plain: 10_000 };

/** Shows how far a measurement is: one live line, or a plain line every ten seconds where stderr is not a terminal. */
export class ShareProgress {
  readonly #terminal: Terminal;
  readonly #now: () => number;
  readonly #begun: number;
  #last: number;
  #drawn = false;

  /** @param now Milliseconds of a clock that never goes back. */
  constructor(terminal: Terminal, now: () => number = () => performance.now()) {
    this.#terminal = terminal;
    this.#now = now;
    this.#begun = now();
    this.#last = this.#begun;
  }

  /** @param share Share of the work that is done, in (0, 1]. */
  at(share: number): void {
    const now = this.#now();
    const { live, ink } = this.#terminal;
    if (now - this.#last < (live ? every.live : every.plain)) return;
    this.#last = now;
    const left = ((now - this.#begun) * (1 - share)) / share / 1000;
    const percent = `${Math.round(100 * share)} %`.padStart(5);
    const line = `${ink.bold(percent)}  ${duration(Math.ceil(left))} left`;
    if (live) this.#terminal.draw(`\r\u001b[2K${line}`);
    else this.#terminal.stderr(line);
    this.#drawn = live;
  }

  /** Removes the live line. */
  clear(): void {
    if (this.#drawn) this.#terminal.draw('\r\u001b[2K');
    this.#drawn = false;
  }
}
