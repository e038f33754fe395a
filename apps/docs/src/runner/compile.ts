import { transform } from 'sucrase';
import { instrument } from './instrument.js';

/** A module that runs an example, and the modules that it asks `__run.require` for. */
export interface Compiled {
  readonly code: string;
  readonly modules: readonly string[];
}

/** An example that is not TypeScript. */
export class NotTypeScript extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}

/**
 * Makes an example the text of a module without types and imports: what it imports it gets from `require`, and what it
 * shows it hands to `__show` and `__plot`, all three found in `globalThis.__run`. Lines keep their numbers.
 *
 * @throws NotTypeScript when the example does not parse.
 */
export function compile(example: string): Compiled {
  const { code, brokenLine } = instrument(example);
  if (brokenLine !== undefined) throw new NotTypeScript(brokenLine, 'this is not TypeScript');
  const stripped = strip(code);
  const names = [...stripped.matchAll(/\brequire\((['"])(.+?)\1\)/g)].map(([, , name]) => name as string);
  const header = 'const { require, __show, __plot } = globalThis.__run; const exports = {};';
  return { code: `${header} ${stripped}`, modules: [...new Set(names)] };
}

function strip(code: string): string {
  try {
    return transform(code, { transforms: ['typescript', 'imports'], disableESTransforms: true }).code;
  } catch (error) {
    const problem = (error as Error).message.replace(/^Error transforming[^:]*: /, '');
    throw new NotTypeScript(Number(/\((\d+):\d+\)/.exec(problem)?.[1] ?? 1), problem);
  }
}
