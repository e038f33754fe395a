import { createRequire } from 'node:module';
import { basename, relative } from 'node:path';

/**
 * Returns how the user can call this program again from here: `aimle` where it is installed; in a clone, the script of the
 * repository where one was used, else the file.
 */
export function ownName(
  script: string = process.argv[1] ?? '',
  byScript: boolean = process.env['npm_lifecycle_event'] !== undefined,
): string {
  const file = basename(script);
  const cloned = file === 'main.ts' || (file === 'aimle.js' && !script.includes('node_modules'));
  if (!cloned) return 'aimle';
  return file === 'main.ts' || byScript ? 'npx -y pnpm@10 aimle' : `node ${quoted(relative('', script))}`;
}

/** Quotes arguments so that a shell reads them back unchanged. */
export function commandLine(argv: readonly string[]): string {
  return argv.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

export function versions(): { readonly aimle: string } {
  const { version }: { version: string } = createRequire(import.meta.url)('@aimle/cli/package.json');
  return { aimle: version };
}
