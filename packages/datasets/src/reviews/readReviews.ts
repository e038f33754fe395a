import { decimalNumber } from '../table/decimalNumber.js';
import { problemOfRatings, type Review, type Reviews } from './review.js';
import { SkippedLines } from './skipped.js';

/** Ratings of a BeerAdvocate review: appearance, aroma, palate, taste, overall. */
const RATINGS = 5;

/**
 * Reads reviews in the format of the BeerAdvocate files: five ratings in [0, 1], a tab, and the words of the text,
 * separated by spaces. The file may be gzipped; it is streamed, and only the reviews are kept. Node only.
 *
 * A line in another format is skipped and counted: with another number of ratings, without words, with a rating that is
 * not a number in [0, 1], or not UTF-8.
 *
 * @throws FormatError when more than 5 % of the lines cannot be used or gzip data is damaged; any error from opening the file.
 * @example
 * ```ts
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readReviews } from '@aimle/datasets';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'reviews-')), 'reviews.txt');
 * await writeFile(path, `${'0.8 0.6 0.5 0.7 0.7\ta fine head .\n'.repeat(20)}0.8 0.6\tragged\n`);
 * const { reviews, skipped } = await readReviews(path);
 * reviews[0]?.tokens; // => ['a', 'fine', 'head', '.']
 * skipped.first[0]?.reason; // => 'must have 5 ratings, got 2'
 * ```
 */
export async function readReviews(path: string): Promise<Reviews> {
  const skipped = new SkippedLines();
  const reviews = await skipped.parse(path, reviewIn);
  skipped.check(path, reviews.length, 'be five ratings, a tab and words');
  return { reviews, skipped };
}

function reviewIn(line: string): Review | string {
  const tab = line.indexOf('\t');
  if (tab < 0) return 'must have a tab between ratings and text';
  const ratings = line.slice(0, tab).trim().split(/\s+/).map(decimalNumber);
  if (ratings.length !== RATINGS) return `must have ${RATINGS} ratings, got ${ratings.length}`;
  const problem = problemOfRatings(ratings);
  if (problem !== null) return problem;
  const tokens = line
    .slice(tab + 1)
    .split(' ')
    .filter((token) => token !== '');
  return tokens.length === 0 ? 'no words' : { ratings, tokens };
}
