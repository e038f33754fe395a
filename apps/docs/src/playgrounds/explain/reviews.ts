import { type AnnotatedReview, syntheticReviews } from '@aimle/datasets';
import { foldIn, type Key } from '@aimle/random';

/** Words that a text may have: one more than the longest generated review. */
export const LENGTH = 160;

/** The aspects that a review is rated for, in the order of its ratings. */
export const ASPECTS = ['appearance', 'aroma', 'palate', 'taste'] as const;

const TRAINED = 1200;
const HELD = 60;

/** Generated reviews: those to train on, those held out, and the words that occur in the first. */
export interface Corpus {
  readonly train: readonly AnnotatedReview[];
  readonly held: readonly AnnotatedReview[];
  /** A word's number, from 1; 0 is no word. */
  readonly vocabulary: ReadonlyMap<string, number>;
}

export function corpus(origin: Key): Corpus {
  const all = syntheticReviews({ count: TRAINED + HELD, key: foldIn(origin, 'reviews') });
  const train = all.slice(0, TRAINED);
  const vocabulary = new Map<string, number>();
  for (const { tokens } of train) {
    for (const token of tokens) if (!vocabulary.has(token)) vocabulary.set(token, vocabulary.size + 1);
  }
  return { train, held: all.slice(TRAINED), vocabulary };
}

/** Texts as numbers, LENGTH each; 0 where there is no word that the vocabulary has. Longer texts are cut. */
export function numbered(
  texts: readonly (readonly string[])[],
  { vocabulary }: Pick<Corpus, 'vocabulary'>,
): Int32Array {
  const out = new Int32Array(texts.length * LENGTH);
  texts.forEach((words, row) => {
    words.slice(0, LENGTH).forEach((word, at) => {
      out[row * LENGTH + at] = vocabulary.get(word) ?? 0;
    });
  });
  return out;
}

/** For each word of a review whether it was written to carry the rating of an aspect. */
export function marksOf({ tokens, spans }: AnnotatedReview, aspect: number): readonly boolean[] {
  const marks = tokens.map(() => false);
  for (const [from, to] of spans[aspect] ?? []) marks.fill(true, from, to);
  return marks;
}
