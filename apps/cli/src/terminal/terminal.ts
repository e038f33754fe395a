import { visible } from './visible.js';
import { wrap } from './wrap.js';

/** Where a command writes: results to stdout, progress and prose to stderr. */
export interface Terminal {
  /** Writes a part of the result to stdout. */
  stdout(text: string): void;
  /** Writes one JSON document to stdout. */
  json(document: unknown): void;
  /** Writes one line of prose to stderr. */
  stderr(line: string): void;
  /** Writes text unchanged to stderr: for a live line, which is overwritten. */
  draw(text: string): void;
  /** Whether stderr can overwrite a line. */
  readonly live: boolean;
  /** Current width in characters. */
  readonly columns: number;
  /** Colours for stderr. */
  readonly ink: Ink;
  /** Colours for stdout. */
  readonly stdoutInk: Ink;
}

/**
 * Makes the terminal of this process. There is no live line and no colour where stderr is not a terminal or TERM is
 * `dumb`, and no colour where NO_COLOR is set.
 *
 * @example
 * ```ts
 * import { processTerminal } from '@aimle/cli';
 *
 * processTerminal().columns > 0; // => true
 * ```
 */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  const dumb = env['TERM'] === 'dumb';
  const plain = dumb || (env['NO_COLOR'] ?? '') !== '';
  return {
    stdout: (text) => void stdout.write(`${text}\n`),
    json: (document) => void stdout.write(`${visible(JSON.stringify(document, null, 2))}\n`),
    stderr: (line) => void stderr.write(`${stderr.isTTY ? wrap(line, stderr.columns || 80) : line}\n`),
    draw: (text) => void stderr.write(text),
    live: stderr.isTTY === true && !dumb,
    get columns() {
      return stderr.columns || 80;
    },
    ink: ink(stderr.isTTY === true && !plain),
    stdoutInk: ink(stdout.isTTY === true && !plain),
  };
}

/** One call of the program, as its commands see it. */
export interface Call {
  readonly argv: readonly string[];
  readonly terminal: Terminal;
  /** Sets the exit code of a command that ends without an error, but is not done. */
  endWith(code: number): void;
}

/** Colours for text; no effect where the terminal has none or the user wants none. */
export interface Ink {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
}

/** Makes an ink that colours by ANSI codes, or leaves text unchanged. */
export function ink(coloured: boolean): Ink {
  const paint = (on: number, off: number) => (text: string) =>
    coloured ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    blue: paint(34, 39),
  };
}
