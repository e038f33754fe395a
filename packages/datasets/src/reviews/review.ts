import type { Skipped } from './skipped.js';

/** A text and what its writer gave: one rating in [0, 1] for each aspect. */
export interface Review {
  readonly ratings: readonly number[];
  readonly tokens: readonly string[];
}

/** Reviews as they were read, and what had to be left out. */
export interface Reviews {
  readonly reviews: readonly Review[];
  readonly skipped: Skipped;
}

/** A review in which people marked the words that speak of an aspect. */
export interface AnnotatedReview extends Review {
  /** For each aspect, ranges of tokens: [from, to), in order, disjoint, within the text. */
  readonly spans: readonly (readonly (readonly [from: number, to: number])[])[];
}

/** What is wrong with ratings, or null. */
export function problemOfRatings(ratings: readonly number[]): string | null {
  const wrong = ratings.find((rating) => !(rating >= 0 && rating <= 1));
  return wrong === undefined ? null : `ratings must be in [0, 1], got ${wrong}`;
}
