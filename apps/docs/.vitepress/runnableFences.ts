import { basename } from 'node:path';
import type { MarkdownOptions } from 'vitepress';

type MarkdownIt = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/**
 * Makes a fence tagged `ts run`, and a file of examples/ that a page takes in by `<<<`, an example that runs in the
 * page. Its name in links is its file's, or its number in the page.
 */
export function runnableFences(markdown: MarkdownIt): void {
  const print = markdown.renderer.rules.fence;
  if (!print) throw new Error('the pages have no rule for fences');
  markdown.renderer.rules.fence = (tokens, at, options, env, self) => {
    const token = tokens[at] as (typeof tokens)[number] & { src?: readonly [path: string] };
    const file = /\/examples\/([\w-]+)\.ts$/.exec(token.src?.[0] ?? '')?.[1];
    const isTagged = /^ts\s+run\b/.test(token.info);
    if (file || isTagged) token.info = 'ts twoslash';
    const printed = print(tokens, at, options, env, self);
    if (!file && !isTagged) return printed;
    const name = file ?? `run-${tokens.filter((each, i) => i < at && each.type === 'fence').length + 1}`;
    // Vue reads the attribute, so nothing in it may look like markup.
    return `<Runnable name="${basename(name)}" code="${encodeURIComponent(token.content.trimEnd()).replaceAll("'", '%27')}">${printed}</Runnable>`;
  };
}
