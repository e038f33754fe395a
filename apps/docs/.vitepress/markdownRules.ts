import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MarkdownOptions } from 'vitepress';
import { printed } from './fences.js';

type MarkdownIt = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/**
 * Fences of TypeScript are formatted for the width of a page. Each page is printed for its readers and once more for the
 * search, and colours and types of a fence stay the same.
 */
export function highlightedOnce({ options }: MarkdownIt): void {
  const { highlight } = options;
  if (!highlight) throw new Error('the pages have no colours for fences');
  const known = new Map<string, string>();
  options.highlight = (code, language, attributes) => {
    const key = `${language}\n${attributes}\n${code}`;
    const text = /^ts\b/.test(language) ? printed(code.trimEnd()) : code;
    const html = known.get(key) ?? highlight(text, language, attributes);
    known.set(key, html);
    return html;
  };
}

/**
 * Makes a fence tagged `ts run`, and a file of examples/ that a page takes in by `<<<`, an example that runs in the
 * page. Its name in links is its file's, or its number in the page.
 */
export function runnableFences({ renderer: { rules } }: MarkdownIt): void {
  const print = rules.fence;
  if (!print) throw new Error('the pages have no rule for fences');
  rules.fence = (tokens, at, options, env, self) => {
    const token = tokens[at] as (typeof tokens)[number] & { src?: readonly [path: string] };
    const file = /\/examples\/([\w-]+)\.ts$/.exec(token.src?.[0] ?? '')?.[1];
    const isTagged = /^ts\s+run\b/.test(token.info);
    if (file || isTagged) token.info = 'ts twoslash';
    const html = print(tokens, at, options, env, self);
    if (!file && !isTagged) return html;
    const code = printed(token.content.trimEnd());
    const name = file ?? `run-${tokens.filter((each, i) => i < at && each.type === 'fence').length + 1}`;
    // Vue reads the attribute, so nothing in it may look like markup.
    return `<Runnable name="${name}" code="${encodeURIComponent(code).replaceAll("'", '%27')}">${html}</Runnable>`;
  };
}

/** Gives the pictures of a page the size that is written in them, so that nothing moves when they come. */
export function sizedPictures({ renderer: { rules } }: MarkdownIt): void {
  const print = rules.image;
  if (!print) throw new Error('the pages have no rule for pictures');
  rules.image = (tokens, at, options, env, self) => {
    const file = join(dirname(env.path), tokens[at]!.attrGet('src') ?? '');
    if (file.endsWith('.svg') && existsSync(file)) {
      const [, width, height] =
        /<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(readFileSync(file, 'utf8')) ?? [];
      if (width && height) tokens[at]!.attrs!.push(['width', width], ['height', height]);
    }
    return print(tokens, at, options, env, self);
  };
}
