import { FormatError } from '../format/formatError.js';
import { linesOf } from './lines.js';

/** Lines of a file that could not be used, 5 % of all at most: how many, and the first few with the reason. */
export interface Skipped {
  readonly count: number;
  /** The first ten. Lines count from 1. */
  readonly first: readonly { readonly line: number; readonly reason: string }[];
}

const MAX_LISTED = 10;
/** With a larger share of bad lines, it is not the file that its reader expects, or is read with wrong settings. */
const MAX_SHARE = 0.05;

export class SkippedLines implements Skipped {
  count = 0;
  readonly first: { line: number; reason: string }[] = [];

  add(line: number, reason: string): void {
    this.count++;
    if (this.first.length < MAX_LISTED) this.first.push({ line, reason });
  }

  /** Parses the lines of a file that are not empty; a parser returns what is wrong with a line as text. */
  async parse<T extends object>(path: string, parseLine: (line: string) => T | string): Promise<T[]> {
    const parsed: T[] = [];
    for await (const { number, text } of linesOf(path)) {
      if (text === '') continue;
      const found = text === null ? 'not UTF-8' : parseLine(text);
      if (typeof found === 'string') this.add(number, found);
      else parsed.push(found);
    }
    return parsed;
  }

  /** Throws a FormatError unless at least 95 % of the lines could be used. */
  check(path: string, used: number, demand: string, advice = 'correct or remove the others'): void {
    const all = used + this.count;
    if (used > 0 && this.count <= MAX_SHARE * all) return;
    const found = all === 0 ? 'got an empty file' : `got ${used} of ${all}; ${advice}: ${listed(this)}`;
    throw new FormatError(`${path}: at least 95 % of the lines must ${demand}, ${found}`);
  }
}

/**
 * Describes bad lines in a sentence for the user; null if there are none.
 *
 * @example
 * ```ts
 * import { describeSkipped } from '@aimle/datasets';
 *
 * const sentence = describeSkipped('a.txt', { count: 1, first: [{ line: 7, reason: 'no words' }] });
 * sentence; // => 'a.txt: 1 line was left out: line 7 (no words)'
 * describeSkipped('a.txt', { count: 0, first: [] }); // => null
 * ```
 */
export function describeSkipped(file: string, { count, first }: Skipped): string | null {
  if (count === 0) return null;
  return `${file}: ${count} ${count === 1 ? 'line was' : 'lines were'} left out: ${listed({ count, first })}`;
}

/** Says in a few words why a line is no JSON. */
export function problemOfJson(error: unknown): string {
  const { message } = error as Error;
  return message.endsWith('is given twice') ? message : 'not JSON';
}

function listed({ count, first }: Skipped): string {
  const named = first.slice(0, 3).map(({ line, reason }) => `line ${line} (${reason})`);
  return `${named.join(', ')}${count > named.length ? ` and ${count - named.length} more` : ''}`;
}
