import type { MarkdownOptions } from 'vitepress';

type MarkdownIt = Parameters<NonNullable<MarkdownOptions['config']>>[0];

/** Each page is printed for its readers and once more for the search, and colours and types of a fence stay the same. */
export function highlightedOnce(markdown: MarkdownIt): void {
  const { highlight } = markdown.options;
  if (!highlight) throw new Error('the pages have no colours for fences');
  const known = new Map<string, string>();
  markdown.options.highlight = (code, language, attributes) => {
    const key = `${language}\n${attributes}\n${code}`;
    const printed = known.get(key) ?? highlight(code, language, attributes);
    known.set(key, printed);
    return printed;
  };
}
