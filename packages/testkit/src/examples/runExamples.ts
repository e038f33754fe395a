import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hasExample } from './docComments.js';
import { publicExportsOf } from './publicExports.js';
import { writeExamples } from './writeExamples.js';

/** Settings of {@link runExamples}. */
export interface RunExamplesOptions {
  /** Pages to read instead of README.md and docs/*.md; relative to the package folder. */
  readonly pages?: readonly string[];
}

/**
 * Turns a package's documentation into tests: every TypeScript fence of its pages and of its TSDoc comments runs, its
 * `// => value` comments hold, and every public export is documented (functions, classes and constants with an
 * example).
 *
 * @example
 * ```ts no-run
 * import { runExamples } from '@aimle/testkit';
 *
 * runExamples(new URL('..', import.meta.url));
 * ```
 */
export function runExamples(packageFolder: URL | string, { pages }: RunExamplesOptions = {}): void {
  const folder = typeof packageFolder === 'string' ? packageFolder : fileURLToPath(packageFolder);
  for (const { file, line, runs, module } of writeExamples(folder, pages)) {
    if (runs) test(`the example at ${file}:${line} runs`, () => import(/* @vite-ignore */ module));
  }
  const index = join(folder, 'src/index.ts');
  if (existsSync(index)) {
    test('every public name is documented, and every public value has an example', () => {
      expect(undocumented(index)).toEqual([]);
    });
  }
}

/** Lists each name of a module that lacks a docstring, or an example where it needs one. */
export function undocumented(index: string): string[] {
  return publicExportsOf(index).flatMap(({ name, isType, comment }) => {
    if (!comment) return [`${name} has no docstring`];
    return isType || hasExample(comment) ? [] : [`${name} has no @example with a \`\`\`ts fence`];
  });
}
