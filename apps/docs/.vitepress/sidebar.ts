import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { DefaultTheme } from 'vitepress';

type Item = DefaultTheme.SidebarItem;

/** Sections in the order in which a newcomer needs them: folder, title. Others follow by name. */
const sections: readonly (readonly [folder: string, title: string])[] = [
  ['playgrounds', 'Playgrounds'],
  ['examples', 'Examples'],
  ['concepts', 'Concepts'],
  ['estimators', 'Estimators'],
  ['structures', 'Structures'],
  ['how-to', 'How to'],
  ['results', 'Results'],
];
const apart = ['api', 'public'];

/** The sidebar, made of the pages that there are: titles are their headings, order is `order` in their front matter. */
export function sidebarOf(pages: string): Item[] {
  const folders = readdirSync(pages, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !apart.includes(entry.name))
    .map(({ name }) => name);
  const rank = (folder: string) => {
    const at = sections.findIndex(([name]) => name === folder);
    return at < 0 ? sections.length : at;
  };
  const ordered = folders.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const first: Item = { text: 'Begin', items: itemsIn(pages, pages).filter(({ link }) => link !== '/') };
  const rest = ordered.map(
    (folder): Item => ({
      text: sections.find(([name]) => name === folder)?.[1] ?? titled(folder),
      collapsed: false,
      items: itemsIn(join(pages, folder), pages),
    }),
  );
  return [first, ...rest, ...reference(pages)].filter(({ items }) => (items?.length ?? 0) > 0);
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

/** The reference is generated at build, with its own sidebar; before that there is none. */
function reference(pages: string): Item[] {
  const path = join(pages, 'api', 'typedoc-sidebar.json');
  if (!existsSync(path)) return [];
  const items = JSON.parse(readFileSync(path, 'utf8')) as Item[];
  return [{ text: 'Reference', collapsed: true, items }];
}

function titled(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
