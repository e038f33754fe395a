import type { Skipped } from './skipped.js';

/** A text and its ratings, one in [0, 1] for each aspect. */
export interface Review {
  readonly ratings: readonly number[];
  readonly tokens: readonly string[];
}

/** The reviews that were read, and the lines that were skipped. */
export interface Reviews {
  readonly reviews: readonly Review[];
  readonly skipped: Skipped;
}

/** A review in which annotators marked the words about each aspect. */
export interface AnnotatedReview extends Review {
  /** For each aspect, ranges of tokens: [from, to), in order, disjoint, within the text. */
  readonly spans: readonly (readonly (readonly [from: number, to: number])[])[];
}

/** Returns what is wrong with ratings, or null. */
export function problemOfRatings(ratings: readonly number[]): string | null {
  const wrong = ratings.find((rating) => !(rating >= 0 && rating <= 1));
  return wrong === undefined ? null : `ratings must be in [0, 1], got ${wrong}`;
}
