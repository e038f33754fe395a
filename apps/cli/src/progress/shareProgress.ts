import type { Terminal } from '../terminal/terminal.js';
import { duration } from '../terminal/wording.js';

/** Milliseconds between two drawings of the line, and between two lines where nothing can be drawn over. */
const every = { live: 100, plain: 10_000 };

/** How far a measurement is: a line that is drawn over, or one every ten seconds where stderr is no terminal. */
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

  /** @param share of the work that is done, in (0, 1]. */
  at(share: number): void {
    const now = this.#now();
    const { live, ink } = this.#terminal;
    if (now - this.#last < (live ? every.live : every.plain)) return;
    this.#last = now;
    const left = ((now - this.#begun) * (1 - share)) / share / 1000;
    const percent = `${Math.round(100 * share)} %`.padStart(5);
    const line = `${ink.bold(percent)}  ${duration(Math.ceil(left))} left`;
    if (live) this.#terminal.draw(`\r\u001b[2K${line}`);
    else this.#terminal.say(line);
    this.#drawn = live;
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#drawn) this.#terminal.draw('\r\u001b[2K');
    this.#drawn = false;
  }
}
