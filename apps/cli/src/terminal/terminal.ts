import { type Ink, ink } from './ink.js';
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
    json: (document) => void stdout.write(`${JSON.stringify(document, null, 2)}\n`),
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
