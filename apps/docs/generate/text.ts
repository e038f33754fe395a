import { available } from '../src/runner/modules.js';

const fence = /^\s*(`{3,})/;

/**
 * A text of the repository as a page of the site: indented formulas become blocks of text, and what looks like a tag
 * is escaped, because a page is a template too.
 */
export function siteText(markdown: string): string {
  return escaped(formulasSetApart(markdown));
}

/** Paragraphs in which every line is indented are formulas, unless they continue a list. */
export function formulasSetApart(markdown: string): string {
  let inList = false;
  return paragraphs(markdown)
    .map((paragraph) => {
      if (fence.test(paragraph)) return paragraph;
      const formula = paragraph.split('\n').every((line) => /^ {2,}\S/.test(line));
      if (!formula) {
        inList = /^\s*([-*]|\d+\.) /.test(paragraph);
        return paragraph;
      }
      return inList ? paragraph : `\`\`\`text\n${atMargin(paragraph)}\n\`\`\``;
    })
    .join('\n\n');
}

function atMargin(paragraph: string): string {
  const lines = paragraph.split('\n');
  const margin = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(margin)).join('\n');
}

/** Split at empty lines, but not within fences. */
function paragraphs(markdown: string): string[] {
  const found: string[] = [];
  let current: string[] = [];
  let closing = '';
  for (const line of markdown.split('\n')) {
    const ticks = fence.exec(line)?.[1];
    if (closing === '' && ticks) closing = ticks;
    else if (closing !== '' && line.trim() === closing) closing = '';
    if (line.trim() === '' && closing === '') {
      if (current.length > 0) found.push(current.join('\n'));
      current = [];
    } else current.push(line);
  }
  if (current.length > 0) found.push(current.join('\n'));
  return found;
}

function escaped(markdown: string): string {
  return paragraphs(markdown)
    .map((paragraph) => (fence.test(paragraph) ? paragraph : outsideCode(paragraph)))
    .join('\n\n');
}

function outsideCode(paragraph: string): string {
  return paragraph
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('{', '&#123;')))
    .join('');
}

/** Tags the fences that a page of the site can run for its reader. */
export function runnable(markdown: string): string {
  return markdown.replace(/^```ts\n([\s\S]*?)\n```$/gm, (whole: string, code: string) => {
    const imports = [...code.matchAll(/\bfrom '([^']+)'/g)].map(([, name = '']) => name);
    const runs = imports.length > 0 && imports.every((name) => Object.hasOwn(available, name));
    return runs ? whole.replace('```ts', '```ts run') : whole;
  });
}
