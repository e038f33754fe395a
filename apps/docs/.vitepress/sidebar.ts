import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { DefaultTheme } from 'vitepress';

type Item = DefaultTheme.SidebarItem;

/** Folders that belong to the guide, in the order in which a newcomer needs them. */
const guide = ['concepts', 'how-to', 'tasks'];
/** Folders of their own, in the order of the navigation. Others follow by name. */
const sections = ['examples', 'playgrounds', 'estimators', 'structures', 'results'];
const apart = ['api', 'public'];

/**
 * One sidebar for every page, made from the existing pages: titles are their headings, order is `order` in their front
 * matter. A section is closed until a page of it is read.
 */
export function sidebarOf(pages: string): Item[] {
  const folders = readdirSync(pages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !apart.includes(entry.name))
    .map(({ name }) => name);
  const others = folders.filter((name) => !guide.includes(name) && !sections.includes(name)).sort();
  const section = (folder: string): Item => group(titled(folder), itemsIn(join(pages, folder), pages));
  const present = (names: readonly string[]) => names.filter((name) => folders.includes(name)).map(section);
  const first = itemsIn(pages, pages).filter(({ link }) => link !== '/');
  return [
    { ...group('Guide', [...first, ...present(guide)]), collapsed: false },
    ...present([...sections, ...others]),
    ...reference(pages),
  ].filter(({ items }) => items && items.length > 0);
}

/** A heading leads to its first page: one that is no link would be a button with another one inside. */
function group(text: string, items: Item[]): Item {
  return { text, collapsed: true, items, ...(items[0]?.link !== undefined && { link: items[0].link }) };
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
  const text = field('sidebar') ?? (isIndex ? 'Overview' : undefined) ?? field('title') ?? heading;
  return {
    text: text ?? titled(basename(path, '.md')),
    order: Number(field('order') ?? (isIndex ? 0 : 1000)),
  };
}

/** The reference is generated at build, with its own entries; before that there is none. */
function reference(pages: string): Item[] {
  const path = join(pages, 'api', 'typedoc-sidebar.json');
  if (!existsSync(path)) return [];
  const entries = JSON.parse(readFileSync(path, 'utf8')) as Item[];
  return [group('API', [{ text: 'All packages', link: '/api/' }, ...entries])];
}

function titled(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
