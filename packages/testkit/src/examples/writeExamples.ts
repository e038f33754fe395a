import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withAssertions } from './assertions.js';
import { type Example, findExamples } from './findExamples.js';

export interface WrittenExample extends Example {
  readonly module: string;
}

/** The git-ignored folder inside a package that holds its examples, so that their imports resolve as in the package. */
const exampleFolder = '.examples';

/**
 * Writes every example of a package to its own module under `.examples/`, with its assertions, and removes modules of
 * deleted examples. Several processes can do this at once: a module is written completely, then renamed into place, and
 * only if it differs.
 */
export function writeExamples(packageFolder: string, pages?: readonly string[]): WrittenExample[] {
  const folder = join(packageFolder, exampleFolder);
  mkdirSync(folder, { recursive: true });
  const written = findExamples(
    packageFolder,
    pages?.map((page) => resolve(packageFolder, page)),
  ).map((example) => {
    const place = `${example.file}:${example.line}`;
    const module = join(folder, `${place.replaceAll(/[^A-Za-z0-9]+/g, '-').replace(/^-/, '')}.ts`);
    writeAtomically(module, moduleText(example, place));
    return { ...example, module };
  });
  const modules = new Set(written.map(({ module }) => module));
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.ts') && !modules.has(join(folder, name))) rmSync(join(folder, name), { force: true });
  }
  return written;
}

function moduleText({ code, line }: Example, place: string): string {
  const asserted = withAssertions(code, place);
  const needed = ['about', 'assertValue'].filter((name) => asserted.includes(`__${name}(`));
  const names = needed.map((name) => `${name} as __${name}`).join(', ');
  const header = `/* From ${place}. */${names ? ` import { ${names} } from '@aimle/testkit/assertion';` : ''} export {};`;
  // The code keeps the line numbers of its page, so that errors point there.
  return `${header}${'\n'.repeat(Math.max(1, line - 1))}${asserted}\n`;
}

function writeAtomically(path: string, text: string): void {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  const partial = `${path}.${process.pid}.partial`;
  writeFileSync(partial, text);
  renameSync(partial, path);
}
