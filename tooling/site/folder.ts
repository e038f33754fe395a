import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linked } from './links.js';
import { bothThemes, pictured } from './pictures.js';
import { siteText } from './text.js';

/** Begins a folder of the site anew. */
export function emptied(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A page of the site from a file of the repository. */
export function pageFrom(file: string): string {
  const size = (picture: string): string => {
    if (!picture.endsWith('.svg')) return '';
    const svg = readFileSync(join(file, '..', picture), 'utf8');
    return /<svg[^>]*?( width="[\d.]+" height="[\d.]+")/.exec(svg)?.[1] ?? '';
  };
  return `---\neditLink: false\n---\n\n${pictured(siteText(linked(readFileSync(file, 'utf8'), file)), size)}\n`;
}

/** A folder of pages and pictures of the repository, as a folder of the site; its README is the first page. */
export function copyFolder(from: string, to: string): string[] {
  emptied(to);
  const names = readdirSync(from);
  for (const name of names) {
    const source = join(from, name);
    if (name.endsWith('.md')) {
      writeFileSync(join(to, name === 'README.md' ? 'index.md' : name), pageFrom(source));
    } else if (name.endsWith('.svg')) {
      for (const [theme, text] of Object.entries(bothThemes(readFileSync(source, 'utf8')))) {
        writeFileSync(join(to, name.replace('.svg', `.${theme}.svg`)), text);
      }
    } else copyFileSync(source, join(to, name));
  }
  return names.filter((name) => name.endsWith('.md'));
}
