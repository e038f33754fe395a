import { NotTypeScript } from './compile.js';
import { cut, describe } from './describe.js';

export interface Problem {
  readonly text: string;
  readonly line?: number;
}

/** What an error says to a reader; `address` is the one of the example's module. */
export function problemOf(error: unknown, address: string): Problem {
  if (error instanceof NotTypeScript) return { text: error.message, line: error.line };
  const text = error instanceof Error ? cut(error.message || error.name) : describe(error);
  const line = address ? stackOf(error).split(`${address}:`)[1]?.match(/^\d+/)?.[0] : undefined;
  if (line) return { text, line: Number(line) };
  // What the parser lets through and the browser does not, such as a name declared twice, has no line.
  return { text: error instanceof SyntaxError ? `the browser cannot read the code: ${text}` : text };
}

/** Whether an error comes from an earlier run. */
export function isOfAnother(error: unknown, address: string): boolean {
  const stack = stackOf(error);
  return stack.includes('blob:') && !stack.includes(address);
}

function stackOf(error: unknown): string {
  return (error instanceof Error && error.stack) || '';
}
