const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu;

/**
 * Splits a text into lower-case words; each punctuation mark is a separate word.
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
