import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { MarkdownOptions } from 'vitepress';

type MarkdownIt = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/** Gives the pictures of a page the size that is written in them, so that nothing moves when they come. */
export function sizedPictures(markdown: MarkdownIt): void {
  const print = markdown.renderer.rules.image;
  if (!print) throw new Error('the pages have no rule for pictures');
  markdown.renderer.rules.image = (tokens, at, options, env, self) => {
    const file = join(dirname(env.path), tokens[at]!.attrGet('src') ?? '');
    if (file.endsWith('.svg') && existsSync(file)) {
      const [, width, height] =
        /<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(readFileSync(file, 'utf8')) ?? [];
      if (width && height) tokens[at]!.attrs!.push(['width', width], ['height', height]);
    }
    return print(tokens, at, options, env, self);
  };
}
