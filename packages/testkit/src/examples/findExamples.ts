import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { docCommentsOf } from './docComments.js';
import { type Fence, fencesOf } from './fences.js';

export interface Example extends Fence {
  /** Relative to the package folder. */
  readonly file: string;
}

/**
 * Lists the pages of a package: its README, docs/ and, for a site, pages/ and examples/. A site's reference, pages/api,
 * is left out: it repeats docstrings, whose examples run in their own package.
 */
function pagesOf(folder: string): string[] {
  const site = filesUnder(join(folder, 'pages'), '.md').filter((path) => !path.includes('/pages/api/'));
  const docs = filesUnder(join(folder, 'docs'), '.md');
  const files = filesUnder(join(folder, 'examples'), '.ts');
  const readme = join(folder, 'README.md');
  return [...(existsSync(readme) ? [readme] : []), ...docs, ...site, ...files];
}

/** Finds every TypeScript fence of the pages and of the TSDoc comments in src/; a page of TypeScript is one example. */
export function findExamples(folder: string, pages: readonly string[] = pagesOf(folder)): Example[] {
  const examples: Example[] = [];
  for (const page of pages) {
    const file = relative(folder, page);
    const text = readFileSync(page, 'utf8');
    const isScript = page.endsWith('.ts');
    examples.push(...(isScript ? [{ file, line: 1, code: text, runs: true }] : fencesIn(text, file, 0)));
  }
  for (const source of filesUnder(join(folder, 'src'), '.ts')) {
    const file = relative(folder, source);
    for (const comment of docCommentsOf(source, readFileSync(source, 'utf8'))) {
      examples.push(...fencesIn(comment.text, file, comment.line - 1));
    }
  }
  return examples;
}

function fencesIn(text: string, file: string, linesBefore: number): Example[] {
  try {
    return fencesOf(text).map((fence) => ({ ...fence, file, line: fence.line + linesBefore }));
  } catch (error) {
    throw new Error(`${file}, text from line ${linesBefore + 1}: ${(error as Error).message}`);
  }
}

function filesUnder(folder: string, suffix: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => join(folder, name));
}
