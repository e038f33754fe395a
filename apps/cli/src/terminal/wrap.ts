import { stripVTControlCharacters } from 'node:util';

/** Breaks a line between words, so that no part is wider than the terminal; a longer word stays whole. */
export function wrap(line: string, columns: number): string {
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
