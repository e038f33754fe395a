import { parseSync } from 'oxc-parser';

/** A TSDoc comment without its stars, line for line. */
export interface DocComment {
  readonly start: number;
  readonly end: number;
  /** The line that it starts on, counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** Finds every TSDoc comment of a TypeScript source, in order. */
export function docCommentsOf(file: string, source: string): DocComment[] {
  return parseSync(file, source)
    .comments.filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
    .map(({ start, end, value }) => ({
      start,
      end,
      line: source.slice(0, start).split('\n').length,
      text: value.slice(1).replaceAll(/^[ \t]*\* ?/gm, ''),
    }));
}

export function hasExample(comment: DocComment): boolean {
  return /^@example\b(?:(?!^@)[\s\S])*?^\s*```ts\b/m.test(comment.text);
}
