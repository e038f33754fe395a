import { basename, relative } from 'node:path';

/**
 * How the user can call this program again from here: `aimle` where it is installed, else the command that was used,
 * so that every command we suggest can be copied.
 */
export function ownName(script: string = process.argv[1] ?? ''): string {
  const file = basename(script);
  if (file === 'main.ts') return 'npx -y pnpm@10 aimle';
  if (file === 'aimle.js' && !script.includes('node_modules')) return `node ${quoted(relative('', script))}`;
  return 'aimle';
}

/** A command line that a shell reads as these words. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
