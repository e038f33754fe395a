export interface Fence {
  /** The line of its first line of code, counted from 1. */
  readonly line: number;
  readonly code: string;
  /** False for a fence tagged `no-run`: it is type-checked, not run. */
  readonly runs: boolean;
}

const opening = /^(\s*)(`{3,})(.*)$/;

/**
 * Finds the TypeScript fences of a Markdown text. A fence is tagged `ts`, `ts run` if its page also runs it for the
 * reader, or `ts no-run`. Other languages are ignored. Any other word after `ts` is an error, so that a typo never
 * skips an example.
 *
 * @throws Error when a fence is tagged `ts` with an unknown word, or is never closed.
 */
export function fencesOf(markdown: string): Fence[] {
  const fences: Fence[] = [];
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const [, indent, ticks, tag] = opening.exec(lines[at] as string) ?? [];
    if (indent === undefined || ticks === undefined || tag === undefined) continue;
    const closing = lines.findIndex((line, index) => index > at && line.trim() === ticks);
    if (closing < 0) throw new Error(`line ${at + 1}: a code fence is opened and never closed`);
    const [language, ...words] = tag.trim().split(/\s+/);
    if (language === 'ts') {
      const code = lines.slice(at + 1, closing).map((line) => withoutIndent(line, indent.length));
      fences.push({ line: at + 2, code: code.join('\n'), runs: runsByWords(words, at + 1) });
    }
    at = closing;
  }
  return fences;
}

function withoutIndent(line: string, width: number): string {
  return line.slice(Math.min(width, line.length - line.trimStart().length));
}

function runsByWords(words: readonly string[], line: number): boolean {
  const [word = 'run', ...more] = words;
  if (more.length === 0 && (word === 'run' || word === 'no-run')) return word === 'run';
  throw new Error(
    `line ${line}: a ts fence may be tagged "run" or "no-run" and nothing else, got "${words.join(' ')}"`,
  );
}
