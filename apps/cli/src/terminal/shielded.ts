import type { Ink, Terminal } from './terminal.js';
import { visible } from './visible.js';

/** Overwrites the live line. */
export const CLEAR_LINE = '\r\u001b[2K';

/**
 * Wraps a terminal so that no name, word or damaged line reaches it as an order: a text is shown, whatever it holds. Only the
 * program's own colours and the overwriting of its live line are let through. Until they are written, colours carry random
 * numbers, so that no text can pretend to be one.
 */
export function shielded(terminal: Terminal): Terminal {
  const secret = Array.from(crypto.getRandomValues(new Uint16Array(4)), (word) => word % 10_000).join(';');
  const own = new RegExp(`\u001b\\[(\\d+);${secret}m`);
  // Splitting by a pattern with a group alternates between texts and codes.
  const shown = (text: string) =>
    text
      .split(own)
      .map((part, i) => (i % 2 === 0 ? visible(part) : `\u001b[${part}m`))
      .join('');
  const marking = (ink: Ink): Ink => {
    const mark = (paint: (text: string) => string) => {
      const [begin, end] = paint('\0')
        .split('\0')
        .map((code) => code.replace(/m$/, `;${secret}m`)) as [string, string];
      return (text: string) => `${begin}${text}${end}`;
    };
    const { bold, dim, red, green, yellow, blue } = ink;
    return {
      bold: mark(bold),
      dim: mark(dim),
      red: mark(red),
      green: mark(green),
      yellow: mark(yellow),
      blue: mark(blue),
    };
  };
  return {
    ...terminal,
    stdout: (text) => terminal.stdout(shown(text)),
    stderr: (line) => terminal.stderr(shown(line)),
    draw: (text) => {
      const cleared = text.startsWith(CLEAR_LINE);
      terminal.draw(cleared ? CLEAR_LINE + shown(text.slice(CLEAR_LINE.length)) : shown(text));
    },
    get columns() {
      return terminal.columns;
    },
    ink: marking(terminal.ink),
    stdoutInk: marking(terminal.stdoutInk),
  };
}
