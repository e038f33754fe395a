import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { narrowed } from './narrow.js';

const docs = fileURLToPath(new URL('..', import.meta.url));

/** A fence of TypeScript as pages print it. */
export const printed = narrowed(() => [...scripts(), ...fences(/^```ts\b[^\n]*\n(.*?)^```/gms)]);

/** The code of every example that a page runs, as it is printed: fences tagged `ts run`, and the files of examples/. */
export function examples(): string[] {
  return [...scripts(), ...fences(/^```ts run\n(.*?)^```/gms)].map(printed);
}

const scripts = (): string[] => filesOf('examples', '.ts').map((code) => code.trimEnd());

function fences(pattern: RegExp): string[] {
  return filesOf('pages', '.md')
    .flatMap((page) => [...page.matchAll(pattern)])
    .map(([, code = '']) => code.trimEnd());
}

function filesOf(folder: string, suffix: string): string[] {
  return readdirSync(join(docs, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix))
    .map((name) => readFileSync(join(docs, folder, name), 'utf8'));
}
