import { type Ink, ink } from './ink.js';
import { wrap } from './wrap.js';

/** Where a command speaks: what was asked for goes to stdout, progress and prose to stderr. */
export interface Terminal {
  /** A part of the answer, on stdout. */
  answer(text: string): void;
  /** One JSON document, on stdout. */
  json(document: unknown): void;
  /** One line of prose, on stderr. */
  say(line: string): void;
  /** Text as it is, on stderr: for lines that are drawn over. */
  draw(text: string): void;
  /** Whether stderr can draw a line over again. */
  readonly live: boolean;
  /** Characters across, at this moment. */
  readonly columns: number;
  /** Colours for stderr. */
  readonly ink: Ink;
  /** Colours for stdout. */
  readonly answerInk: Ink;
}

/**
 * The terminal of this process: stdout and stderr. Nothing is drawn over where stderr is no terminal or TERM is `dumb`,
 * and colours are left out there, and where NO_COLOR is set.
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
    answer: (text) => void stdout.write(`${text}\n`),
    json: (document) => void stdout.write(`${JSON.stringify(document, null, 2)}\n`),
    say: (line) => void stderr.write(`${stderr.isTTY ? wrap(line, stderr.columns || 80) : line}\n`),
    draw: (text) => void stderr.write(text),
    live: stderr.isTTY === true && !dumb,
    get columns() {
      return stderr.columns || 80;
    },
    ink: ink(stderr.isTTY === true && !plain),
    answerInk: ink(stdout.isTTY === true && !plain),
  };
}
