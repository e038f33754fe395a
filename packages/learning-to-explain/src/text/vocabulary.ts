/** Ids below those of words; 1 is reserved for the start of a text. */
export const PAD = 0;
export const UNKNOWN = 2;
export const FIRST_WORD = 3;

/**
 * The words of the training texts, numbered from 3 in order of first appearance: 0 is padding, 1 is reserved for the start
 * of a text, 2 is an unknown word.
 *
 * @example
 * ```ts
 * import { Vocabulary } from '@aimle/learning-to-explain';
 *
 * const vocabulary = new Vocabulary([['a', 'fine', 'head'], ['a', 'head']]);
 * vocabulary.ids(['a', 'small', 'head']); // => [3, 2, 5]
 * vocabulary.size; // => 6
 * ```
 */
export class Vocabulary {
  readonly #ids = new Map<string, number>();

  constructor(texts: Iterable<readonly string[]>) {
    for (const tokens of texts) {
      for (const token of tokens) {
        if (!this.#ids.has(token)) this.#ids.set(token, FIRST_WORD + this.#ids.size);
      }
    }
  }

  /** One more than the largest id. */
  get size(): number {
    return FIRST_WORD + this.#ids.size;
  }

  /** The words, the first of which has id 3. */
  get words(): readonly string[] {
    return [...this.#ids.keys()];
  }

  ids(tokens: readonly string[]): Int32Array {
    return Int32Array.from(tokens, (token) => this.#ids.get(token) ?? UNKNOWN);
  }
}
