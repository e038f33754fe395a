const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu;

/**
 * The words of a text in lower case, with punctuation marks as words of their own.
 *
 * @example
 * ```ts
 * import { wordsOf } from '@aimle/datasets';
 *
 * wordsOf("A fine head, isn't it?"); // => ['a', 'fine', 'head', ',', "isn't", 'it', '?']
 * ```
 */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}
