import { transform } from 'sucrase';
import { instrument } from './instrument.js';

export class NotTypeScript extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}

/**
 * Turns an example into a module without types and imports: it gets imports from `require`, and passes what it
 * shows to `__show`, `__last` and `__plot`; all are in `globalThis.__run`. Lines keep their numbers.
 */
export function compile(example: string) {
  const { code, brokenLine } = instrument(example);
  if (brokenLine !== undefined) throw whyNot(example, brokenLine);
  let stripped: string;
  try {
    stripped = strip(code);
  } catch {
    throw whyNot(example, 1);
  }
  const names = [...stripped.matchAll(/\brequire\((['"])(.+?)\1\)/g)].map(([, , name]) => name as string);
  const header = 'const { require, __show, __last, __plot } = globalThis.__run; const exports = {};';
  return { code: `${header} ${stripped}`, modules: [...new Set(names)] };
}

function strip(code: string): string {
  return transform(code, { transforms: ['typescript', 'imports'], disableESTransforms: true }).code;
}

/** The parser's error for the example as the reader wrote it, before its comments became calls. */
function whyNot(example: string, brokenLine: number): NotTypeScript {
  try {
    strip(example);
  } catch (error) {
    const said = /^(?:Error transforming[^:]*: )?(.*?) \((\d+):(\d+)\)$/s.exec((error as Error).message);
    if (said) {
      const [, problem = '', line, column] = said;
      const mark = marked(example.split('\n')[Number(line) - 1] ?? '', Number(column));
      return new NotTypeScript(Number(line), `${sentence(problem)}${mark}`);
    }
  }
  // The parser that removes types accepts some code that the one that finds comments does not, such as `x[i]! += 1`.
  const problem = 'this line is not understood, though it may be valid; write it more simply';
  return new NotTypeScript(brokenLine, problem);
}

function sentence(problem: string): string {
  return `this cannot be read as TypeScript yet: ${problem.charAt(0).toLowerCase()}${problem.slice(1)}`;
}

/** The line with a mark under the column where the parser stopped, unless the line is too long to be shown in one. */
function marked(line: string, column: number): string {
  return line.length > 80 ? '' : `\n  ${line.replaceAll('\t', ' ')}\n  ${' '.repeat(column - 1)}^`;
}
