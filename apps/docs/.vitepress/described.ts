import { readFileSync } from 'node:fs';
import type { HeadConfig } from 'vitepress';

/** Search engines and cards show about so many characters. */
const longest = 160;

/** What a page is about, for search engines and cards: `description` in its front matter, or its first sentences. */
export function descriptionOf(markdown: string): string {
  const front = /^---\n([\s\S]*?)\n---\n/.exec(markdown);
  const written = /^description:\s*(.+)$/m.exec(front?.[1] ?? '')?.[1];
  if (written) return written.trim();
  const body = markdown.slice(front?.[0].length ?? 0).replaceAll(/^```[\s\S]*?^```/gm, '');
  const paragraph = body.split(/\n{2,}/).find((each) => /^[A-Z*`[$]/.test(each.trim())) ?? '';
  return shortened(plain(paragraph));
}

function plain(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*`$\\]|<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Whole sentences where they fit, whole words otherwise. */
function shortened(text: string): string {
  if (text.length <= longest) return text;
  const start = text.slice(0, longest);
  const sentence = start.lastIndexOf('. ');
  return sentence > 40 ? start.slice(0, sentence + 1) : `${start.slice(0, start.lastIndexOf(' '))} …`;
}

/** The card of a page in messages and networks; its picture needs the address of the site, if it is to be shown there. */
export function card(title: string, description: string, address: string): HeadConfig[] {
  const properties = {
    'og:type': 'website',
    'og:title': title,
    'og:description': description,
    'og:image': `${address}card.png`,
    'og:image:width': '1200',
    'og:image:height': '630',
    'og:image:alt': 'A map with the cheapest path, and the path that a network has learned',
  };
  return [
    ...Object.entries(properties).map(([property, content]): HeadConfig => ['meta', { property, content }]),
    ['meta', { name: 'twitter:card', content: 'summary_large_image' }],
  ];
}

export function descriptionOfFile(path: string): string {
  return descriptionOf(readFileSync(path, 'utf8'));
}
