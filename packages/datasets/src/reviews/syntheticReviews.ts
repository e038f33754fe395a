import { fillUniform, foldIn, type Key } from '@aimle/random';
import { type AspectWords, aspectWords, fillers } from './coffee.js';
import type { AnnotatedReview } from './review.js';

/** Settings of {@link syntheticReviews}. */
export interface SyntheticReviewsOptions {
  /** Number of reviews, at least 0. */
  readonly count: number;
  /** Determines the reviews: another key gives other reviews. */
  readonly key: Key;
}

/** Number of uniform numbers per review: more than the longest review needs. */
const CHOICES = 320;
const LEVELS = 10;
/** The range of the number of rating words per aspect. */
const MIN_WORDS = 11;
const MAX_WORDS = 14;
/** How far a word may be from its review's level. */
const STRAY = 2;

/**
 * Generates coffee reviews for which the words behind each rating are known. For each of four aspects (appearance,
 * aroma, palate, taste) there is a passage with 11 to 14 words that carry its rating, between filler words.
 *
 * The rating of an aspect is exactly the mean of its words' levels; for each aspect, each level from 0 to 1 has one
 * word. Each span is one of these words. So a model that selects k words, k at most 11, can select only words of the
 * right aspect; about three quarters of all rating words belong to other aspects. The ratings of a review are weakly
 * correlated (those of real reviews are strongly correlated); the fifth is the mean of the four. Passages are in random
 * order. A review has 56 to 180 words.
 *
 * Review i depends on (key, i) only: a longer set begins with the shorter one. Cost: about 20 microseconds per review.
 *
 * @throws RangeError when count is not an integer of at least 0.
 * @example
 * ```ts
 * import { syntheticReviews } from '@aimle/datasets';
 * import { key } from '@aimle/random';
 *
 * const [review] = syntheticReviews({ count: 1, key: key(0) });
 * const aroma = review!.spans[1]!;
 * aroma.length >= 11; // => true
 * aroma.every(([from, to]) => to === from + 1); // => true
 * ```
 */
export function syntheticReviews({ count, key }: SyntheticReviewsOptions): AnnotatedReview[] {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`syntheticReviews: count must be an integer of at least 0, got ${count}`);
  }
  const uniform = new Float32Array(CHOICES);
  return Array.from({ length: count }, (_, i) => {
    fillUniform(foldIn(key, i), uniform);
    let next = 0;
    return written((n) => Math.min(n - 1, Math.floor(uniform[next++]! * n)));
  });
}

/** Writes a review from a source of choices: `pick(n)` is one of 0 to n - 1. */
function written(pick: (n: number) => number): AnnotatedReview {
  const tokens: string[] = [];
  const spans: [number, number][][] = aspectWords.map(() => []);
  const ratings: number[] = aspectWords.map(() => 0);
  const mood = pick(LEVELS + 1);
  const order = aspectWords.map((_, aspect) => aspect);
  for (let i = order.length - 1; i > 0; i--) {
    const j = pick(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  const filler = (): void => void tokens.push(fillers[pick(fillers.length)]!);
  for (const aspect of order) {
    const own = pick(LEVELS + 1);
    // One third is the review's overall mood, two thirds the aspect's own level.
    const level = Math.round((mood + 2 * own) / 3);
    ratings[aspect] = passage(aspectWords[aspect]!, level, spans[aspect]!);
  }
  const overall = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  return { tokens, ratings: [...ratings, overall], spans: [...spans, []] };

  function passage({ nouns, scale }: AspectWords, level: number, spans: [number, number][]): number {
    const words = MIN_WORDS + pick(MAX_WORDS - MIN_WORDS + 1);
    let sum = 0;
    tokens.push('the', nouns[pick(nouns.length)]!);
    for (let i = 0; i < words; i++) {
      for (let between = pick(3); between > 0; between--) filler();
      const drawn = Math.max(0, Math.min(LEVELS, level - STRAY + pick(2 * STRAY + 1)));
      spans.push([tokens.length, tokens.length + 1]);
      tokens.push(scale[drawn]!);
      sum += drawn;
    }
    tokens.push('.');
    return sum / (words * LEVELS);
  }
}
