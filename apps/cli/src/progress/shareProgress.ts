import { duration } from '../terminal/wording.js';
import { LiveLine } from './liveLine.js';

export class ShareProgress extends LiveLine {
  readonly #begun = this.now();

  /** @param share Share of the work that is done, in (0, 1]. */
  at(share: number): void {
    this.show((now) => {
      const left = ((now - this.#begun) * (1 - share)) / share / 1000;
      const percent = `${Math.round(100 * share)} %`.padStart(5);
      return `${this.terminal.ink.bold(percent)}  ${duration(Math.ceil(left))} left`;
    });
  }
}
