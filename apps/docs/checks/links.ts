import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileAt } from './server.js';

export function pagesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html') && name !== '404.html')
    .sort();
}

/** Those of the pages that have examples to run. */
export function pagesWithExamples(folder: string): string[] {
  return pagesOf(folder).filter((page) =>
    readFileSync(join(folder, page), 'utf8').includes('class="runnable"'),
  );
}

/** Returns a line for each broken link of a built site: to a missing page or a missing heading. */
export function brokenLinks(folder: string, base: string): string[] {
  const anchors = new Map<string, Set<string>>();
  const anchorsOf = (file: string) => {
    const known = anchors.get(file) ?? new Set(attributes(readFileSync(file, 'utf8'), 'id'));
    anchors.set(file, known);
    return known;
  };
  return pagesOf(folder).flatMap((page) => {
    const here = new URL(page, `http://site${base}`);
    return [...new Set(attributes(readFileSync(join(folder, page), 'utf8'), 'href'))].flatMap((href) => {
      const target = new URL(href, here);
      if (target.host !== 'site') return [];
      const path = decodeURIComponent(target.pathname);
      const file = path.startsWith(base) ? fileAt(join(folder, path.slice(base.length))) : undefined;
      if (file === undefined) return [`${page}: ${href} leads nowhere`];
      const anchor = decodeURIComponent(target.hash.slice(1));
      if (anchor === '' || !file.endsWith('.html') || anchorsOf(file).has(anchor)) return [];
      return [`${page}: ${href} names a heading that is not there`];
    });
  });
}

function attributes(html: string, name: string): string[] {
  return [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value]) =>
    (value as string).replaceAll('&amp;', '&'),
  );
}
