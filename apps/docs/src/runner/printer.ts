import { cut, describe } from './describe.js';
import { type Expectation, isAsExpected } from './expected.js';
import type { RunEvent, Series, Tone } from './protocol.js';
import { table } from './table.js';

/** Limits on the output of a run: with more at once, the page freezes and the run cannot even be stopped. */
const limit = { entries: 1_000, characters: 200_000 };

/**
 * Sends what an example prints, up to a limit, and counts the rest. Promised values are never
 * lost: every value is still compared with its comment, and the first value of a line, the first one of a
 * line that differs from its comment, and the first error are always sent.
 */
export class Printer {
  readonly #onEvent: (message: RunEvent) => void;
  readonly #seen = new Set<string>();
  #entries = 0;
  #characters = 0;
  #leftOut = 0;
  #wrong = 0;

  constructor(onEvent: (message: RunEvent) => void) {
    this.#onEvent = onEvent;
  }

  log(tone: Tone, values: readonly unknown[]): void {
    if (!this.#admits()) return;
    const text = cut(values.map((value) => describe(value)).join(' '));
    this.#send({ kind: 'log', tone, text }, text.length);
  }

  table(values: unknown): void {
    if (!this.#admits()) return;
    const text = cut(table(values));
    this.#send({ kind: 'log', tone: 'plain', text }, text.length);
  }

  value(line: number, value: unknown, comment?: string, expectation?: Expectation): void {
    const isRight = expectation && isAsExpected(value, expectation);
    const differs = isRight === false;
    if (!this.#admits(`${differs ? 'differs' : 'value'} ${line}`, differs)) return;
    const text = describe(value);
    const verdict = isRight
      ? { agrees: true }
      : comment !== undefined && differs
        ? { expected: comment }
        : {};
    this.#send({ kind: 'value', line, text, ...verdict }, text.length);
  }

  plot(line: number, value: unknown, name: string): void {
    const series = seriesOf(value, name);
    if (!this.#admits(`plot ${line}`)) return;
    // A point of a chart weighs about as much in the page as the digits of its number.
    const weight = series.reduce((sum, { values }) => sum + 8 * values.length, 0);
    this.#send({ kind: 'plot', line, series }, weight);
  }

  stray(text: string, line?: number): void {
    if (!this.#admits('stray')) return;
    this.#send({ kind: 'stray', text, ...(line === undefined ? {} : { line }) }, text.length);
  }

  /** Tells a reader whose example ended and printed nothing. */
  hint(): void {
    if (this.#entries === 0) this.#onEvent({ kind: 'silent' });
  }

  end(): void {
    if (this.#leftOut > 0) this.#onEvent({ kind: 'more', count: this.#leftOut, wrong: this.#wrong });
  }

  /** Whether there is space left, or it is the first of its kind, which is always sent. Counts what is not sent. */
  #admits(kind?: string, isWrong = false): boolean {
    const isFirst = kind !== undefined && !this.#seen.has(kind);
    if (isFirst) this.#seen.add(kind);
    if (isFirst || (this.#entries < limit.entries && this.#characters < limit.characters)) return true;
    // Sent at once, because a stopped run cannot send it later.
    if (this.#leftOut === 0) this.#onEvent({ kind: 'more' });
    this.#leftOut += 1;
    if (isWrong) this.#wrong += 1;
    return false;
  }

  #send(message: RunEvent, characters: number): void {
    this.#entries += 1;
    this.#characters += characters;
    this.#onEvent(message);
  }
}

/** The lines that `// plot` draws of a value: a list of numbers is one line, a record of lists is one for each name. */
export function seriesOf(value: unknown, name: string): Series[] {
  if (isNumbers(value)) return [{ name, values: Array.from(value) }];
  if (value === null || typeof value !== 'object') throw unfit();
  return Object.entries(value).map(([each, values]) => {
    if (!isNumbers(values)) throw unfit();
    return { name: each, values: Array.from(values) };
  });
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  return isList && Array.from(value as ArrayLike<unknown>).every((each) => typeof each === 'number');
}

function unfit(): TypeError {
  return new TypeError(
    '// plot draws a list of numbers, or an object of such lists; turn the value into one',
  );
}
