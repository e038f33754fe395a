import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { docCommentsOf } from './docComments.js';
import { type Fence, fencesOf } from './fences.js';

/** A fence, and the file that it stands in. */
export interface Example extends Fence {
  /** Relative to the package folder. */
  readonly file: string;
}

/** The pages of a package: its README and what lies in docs/. */
function pagesOf(folder: string): string[] {
  const docs = filesUnder(join(folder, 'docs'), '.md');
  const readme = join(folder, 'README.md');
  return existsSync(readme) ? [readme, ...docs] : docs;
}

/** Every TypeScript fence of the given pages, and of the TSDoc comments in the package's src/. */
export function findExamples(folder: string, pages: readonly string[] = pagesOf(folder)): Example[] {
  const examples: Example[] = [];
  for (const page of pages) {
    const file = relative(folder, page);
    examples.push(...fencesIn(readFileSync(page, 'utf8'), file, 0));
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
