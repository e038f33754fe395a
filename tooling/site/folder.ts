import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { linked } from './links.js';
import { bothThemes, pictured } from './pictures.js';
import { runnable } from './runnable.js';
import { siteText } from './text.js';

/** Begins a folder of the site anew. */
export function emptied(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A page of the site from a file of the repository, at its place in the sidebar. */
export function pageFrom(file: string, order?: number): string {
  const size = (picture: string): string => {
    if (!picture.endsWith('.svg')) return '';
    const svg = readFileSync(join(file, '..', picture), 'utf8');
    return /<svg[^>]*?( width="[\d.]+" height="[\d.]+")/.exec(svg)?.[1] ?? '';
  };
  const text = runnable(siteText(linked(readFileSync(file, 'utf8'), file)));
  return `---\neditLink: false${order === undefined ? '' : `\norder: ${order}`}\n---\n\n${pictured(text, size)}\n`;
}

/** A folder of pages and pictures of the repository, as a folder of the site; its README is the first page, and its links the order. */
export function copyFolder(from: string, to: string): string[] {
  emptied(to);
  const names = readdirSync(from);
  const listed = [...readIfThere(join(from, 'README.md')).matchAll(/\]\(([\w-]+\.md)\)/g)].map(
    ([, name]) => name,
  );
  for (const name of names) {
    const source = join(from, name);
    if (name.endsWith('.md')) {
      writeFileSync(
        join(to, name === 'README.md' ? 'index.md' : name),
        pageFrom(source, 1 + listed.indexOf(name) || undefined),
      );
    } else if (name.endsWith('.svg')) {
      for (const [theme, text] of Object.entries(bothThemes(readFileSync(source, 'utf8')))) {
        writeFileSync(join(to, name.replace('.svg', `.${theme}.svg`)), text);
      }
    } else copyFileSync(source, join(to, name));
  }
  return names.filter((name) => name.endsWith('.md'));
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
