/** Lines of a file that could not be used: how many, and the first few with the reason. */
export interface Skipped {
  readonly count: number;
  /** The first ten. Lines count from 1. */
  readonly first: readonly { readonly line: number; readonly reason: string }[];
}

const MAX_LISTED = 10;

/** Counts bad lines. */
export class SkippedLines implements Skipped {
  count = 0;
  readonly first: { line: number; reason: string }[] = [];

  add(line: number, reason: string): void {
    this.count++;
    if (this.first.length < MAX_LISTED) this.first.push({ line, reason });
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
  const named = first.slice(0, 3).map(({ line, reason }) => `line ${line} (${reason})`);
  const more = count > named.length ? ` and ${count - named.length} more` : '';
  return `${file}: ${count} ${count === 1 ? 'line was' : 'lines were'} left out: ${named.join(', ')}${more}`;
}
