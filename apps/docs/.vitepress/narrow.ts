import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parser } from '@lezer/javascript';

/** Columns of an example that fit beside the sidebar, the outline and the line numbers of a window of 1440 pixels. */
export const columns = 76;

const typescript = parser.configure({ dialect: 'ts' });
const biome = fileURLToPath(import.meta.resolve('@biomejs/biome/bin/biome'));

/** Formats the examples of a site for the width of a page, and those that are written later one by one. */
export function narrowed(fences: () => readonly string[]): (code: string) => string {
  let known: Map<string, string> | undefined;
  return (code) => {
    known ??= narrow(fences());
    const found = known.get(code) ?? narrow([code]).get(code) ?? code;
    known.set(code, found);
    return found;
  };
}

/** Formats all at once: one process for each would take a minute. */
function narrow(examples: readonly string[]): Map<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'aimle-narrow-'));
  try {
    const files = examples.map((_, at) => join(folder, `${at}.ts`));
    for (const [at, file] of files.entries()) writeFileSync(file, `${examples[at]}\n`);
    const formatter = { lineWidth: columns, indentStyle: 'space' };
    const javascript = { formatter: { quoteStyle: 'single' } };
    writeFileSync(
      join(folder, 'biome.json'),
      JSON.stringify({ root: true, formatter, javascript, linter: { enabled: false } }),
    );
    // It fails where a fence is not TypeScript, such as a part of a declaration, and formats the others.
    spawnSync(process.execPath, [biome, 'format', '--write', folder], { cwd: folder, stdio: 'ignore' });
    return new Map(
      files.map((file, at) => [examples[at] as string, commentsWithin(readFileSync(file, 'utf8').trimEnd())]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Brings comments within the width, which no formatter does: one that a statement leaves no space for goes into a line of
 * its own, a promised value below it and a remark above it, and a long remark goes over several lines.
 */
export function commentsWithin(code: string): string {
  const starts = new Set<number>();
  typescript.parse(code).iterate({
    enter({ name, from }) {
      if (name === 'LineComment') starts.add(from);
    },
  });
  let offset = 0;
  return code
    .split('\n')
    .flatMap((line) => {
      const from = offset;
      offset += line.length + 1;
      const at = [...line].findIndex((_, i) => starts.has(from + i));
      return line.length <= columns || at < 0 ? [line] : placed(line, at);
    })
    .join('\n');
}

function placed(line: string, at: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const [statement, comment] = [line.slice(0, at).trimEnd(), line.slice(at)];
  if (/^\/\/ (=>|plot$|show$)/.test(comment)) return statement ? [statement, `${indent}${comment}`] : [line];
  return [...wrapped(comment.slice(3), `${indent}// `), ...(statement ? [statement] : [])];
}

function wrapped(words: string, prefix: string): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(prefix + word);
  }
  return lines;
}
