import { stripVTControlCharacters } from 'node:util';

/**
 * Breaks lines between words, so that none is wider than the terminal. Longer words stay whole, and so do indented lines,
 * such as a command to copy.
 */
export function wrap(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => (line.startsWith(' ') ? line : broken(line, columns)))
    .join('\n');
}

function broken(line: string, columns: number): string {
  const parts: string[] = [];
  let part = '';
  for (const word of line.split(' ')) {
    const longer = part === '' ? word : `${part} ${word}`;
    if (part !== '' && stripVTControlCharacters(longer).length > columns) {
      parts.push(part);
      part = word;
    } else {
      part = longer;
    }
  }
  return [...parts, part].join('\n');
}
