import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { DefaultTheme } from 'vitepress';

type Item = DefaultTheme.SidebarItem;

/** Folders of sections in the order in which a newcomer needs them. Others follow by name. */
const sections = [
  'playgrounds',
  'examples',
  'concepts',
  'estimators',
  'structures',
  'how-to',
  'tasks',
  'results',
];
const apart = ['api', 'public'];

/**
 * A sidebar for each section, made from the existing pages, and one for the pages in none: titles are their
 * headings, order is `order` in their front matter. Each ends with links to the others.
 */
export function sidebarOf(pages: string): Record<string, Item[]> {
  const folders = readdirSync(pages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !apart.includes(entry.name))
    .map(({ name }) => name);
  const rank = (folder: string) => {
    const at = sections.indexOf(folder);
    return at < 0 ? sections.length : at;
  };
  const ordered = folders.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const first = itemsIn(pages, pages).filter(({ link }) => link !== '/');
  const groups = [
    { path: '/', text: 'Begin', items: first },
    ...ordered.map((folder) => ({
      path: `/${folder}/`,
      text: titled(folder),
      items: itemsIn(join(pages, folder), pages),
    })),
    ...reference(pages),
  ].filter(({ items }) => items.length > 0);
  const ways = groups.flatMap(({ text, items }) => (items[0]?.link ? [{ text, link: items[0].link }] : []));
  return Object.fromEntries(
    groups.map(({ path, text, items }) => {
      const others = ways.filter((way) => way.text !== text);
      return [path, [{ text, items }, ...(others.length > 0 ? [{ text: 'Elsewhere', items: others }] : [])]];
    }),
  );
}

function itemsIn(folder: string, pages: string): Item[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => ({ name, ...described(join(folder, name)) }))
    .sort((a, b) => a.order - b.order || a.text.localeCompare(b.text))
    .map(({ name, text }) => ({
      text,
      link: `/${relative(pages, join(folder, name))}`.replace(/(index)?\.md$/, ''),
    }));
}

/** An index page comes first in its folder; a page without an order after those with one. */
function described(path: string): { text: string; order: number } {
  const source = readFileSync(path, 'utf8');
  const front = /^---\n([\s\S]*?)\n---/.exec(source)?.[1] ?? '';
  const field = (name: string) => new RegExp(`^${name}:\\s*["']?(.+?)["']?\\s*$`, 'm').exec(front)?.[1];
  const heading = /^# (.+)$/m.exec(source)?.[1]?.replaceAll('`', '');
  const isIndex = basename(path) === 'index.md';
  const text = field('sidebar') ?? field('title') ?? heading ?? titled(basename(path, '.md'));
  return { text, order: Number(field('order') ?? (isIndex ? 0 : 1000)) };
}

/** The reference is generated at build, with its own entries; before that there is none. */
function reference(pages: string): { path: string; text: string; items: Item[] }[] {
  const path = join(pages, 'api', 'typedoc-sidebar.json');
  if (!existsSync(path)) return [];
  const entries = JSON.parse(readFileSync(path, 'utf8')) as Item[];
  return [{ path: '/api/', text: 'Reference', items: [{ text: 'All packages', link: '/api/' }, ...entries] }];
}

function titled(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
