import type { Terminal } from './terminal/terminal.js';

/** One call of the program, as its commands see it. */
export interface Call {
  /** The words after `aimle`. */
  readonly words: readonly string[];
  readonly terminal: Terminal;
  /** Takes the exit code of a command that ends neither done nor with an error. */
  endWith(code: number): void;
}
