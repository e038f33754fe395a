import { CLEAR_LINE } from '../terminal/shielded.js';
import type { Terminal } from '../terminal/terminal.js';

/** Milliseconds between updates: of the live line, and of plain lines in a log. */
const every = { live: 100, plain: 10_000 };

/** One line about work in progress, overwritten by the next; a plain line every ten seconds where stderr is not a terminal. */
export class LiveLine {
  protected readonly terminal: Terminal;
  /** Milliseconds of a clock that never goes back. */
  protected readonly now: () => number;
  #last: number;
  #drawn = false;

  constructor(terminal: Terminal, now: () => number = () => performance.now()) {
    this.terminal = terminal;
    this.now = now;
    this.#last = now();
  }

  print(line: string): void {
    this.clear();
    this.terminal.stderr(line);
  }

  clear(): void {
    if (this.#drawn) this.terminal.draw(CLEAR_LINE);
    this.#drawn = false;
  }

  /** Shows the line that is made for the present time, if one is due. */
  protected show(line: (now: number) => string): void {
    const now = this.now();
    const { live } = this.terminal;
    if (now - this.#last < (live ? every.live : every.plain)) return;
    this.#last = now;
    if (live) this.terminal.draw(`${CLEAR_LINE}${line(now)}`);
    else this.terminal.stderr(line(now));
    this.#drawn = live;
  }

  /** Puts the next line off, because the work has just printed one. */
  protected wait(): void {
    this.#last = this.now();
  }
}
