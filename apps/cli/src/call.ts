import type { Terminal } from './terminal/terminal.js';

/** One call of the program, as its commands see it. */
export interface Call {
  /** The arguments after `aimle`. */
  readonly argv: readonly string[];
  readonly terminal: Terminal;
  /** Sets the exit code of a command that ends without an error, but is not done. */
  endWith(code: number): void;
}
