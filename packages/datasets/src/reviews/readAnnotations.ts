import { parseJson } from '../format/jsonKeys.js';
import { type AnnotatedReview, problemOfRatings } from './review.js';
import { problemOfJson, type Skipped, SkippedLines } from './skipped.js';

const ASPECTS = ['0', '1', '2', '3', '4'] as const;

type Span = readonly [from: number, to: number];

/**
 * Reads human annotations in the format of the BeerAdvocate file: one JSON object per line, with the tokens `x`, the
 * ratings `y`, and for each aspect `"0"` to `"4"` the ranges of tokens about it. The file may be gzipped. Node only.
 *
 * Ranges beyond the text are clipped and counted in `clipped`; a line in another format is skipped and counted.
 *
 * @throws FormatError when more than 5 % of the lines cannot be used or gzip data is damaged; any error from opening the file.
 * @example
 * ```ts
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readAnnotations } from '@aimle/datasets';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'reviews-')), 'annotations.json');
 * await writeFile(path, '{"x": ["fine", "head"], "y": [1, 1, 1, 1, 1], "0": [[0, 9]], "1": []}\n');
 * const { annotated, clipped } = await readAnnotations(path);
 * annotated[0]?.spans[0]; // => [[0, 2]]
 * clipped; // => 1
 * ```
 */
export async function readAnnotations(path: string): Promise<{
  readonly annotated: readonly AnnotatedReview[];
  readonly skipped: Skipped;
  /** Number of ranges that reached beyond their text. */
  readonly clipped: number;
}> {
  const skipped = new SkippedLines();
  const found = await skipped.parse(path, annotationIn);
  skipped.check(path, found.length, 'be annotated reviews');
  const clipped = found.reduce((sum, each) => sum + each.clipped, 0);
  return { annotated: found.map(({ review }) => review), skipped, clipped };
}

function annotationIn(line: string): { review: AnnotatedReview; clipped: number } | string {
  let item: unknown;
  try {
    item = parseJson(line);
  } catch (error) {
    return problemOfJson(error);
  }
  if (typeof item !== 'object' || item === null) return 'must be an object with x and y';
  const { x: tokens, y: ratings } = item as { x?: unknown; y?: unknown };
  if (!Array.isArray(tokens) || !tokens.every((token) => typeof token === 'string'))
    return 'x must be a list of words';
  if (tokens.length === 0) return 'no words';
  if (!Array.isArray(ratings) || ratings.some((rating) => typeof rating !== 'number'))
    return 'y must be a list of numbers';
  const problem = problemOfRatings(ratings);
  if (problem !== null) return problem;
  let clipped = 0;
  const spans: Span[][] = [];
  for (const aspect of ASPECTS) {
    const ranges = (item as Record<string, unknown>)[aspect] ?? [];
    if (!Array.isArray(ranges) || !ranges.every(isRange))
      return `${aspect} must be a list of ranges [from, to], got ${JSON.stringify(ranges).slice(0, 80)}`;
    clipped += ranges.filter(([from, to]) => from < 0 || to > tokens.length).length;
    spans.push(joined(ranges, tokens.length));
  }
  return { review: { tokens, ratings, spans }, clipped };
}

function isRange(range: unknown): range is Span {
  return (
    Array.isArray(range) && range.length === 2 && range.every(Number.isInteger) && range[0]! <= range[1]!
  );
}

/** Clips ranges to the text, sorts them, and joins those that touch or overlap. */
function joined(ranges: readonly Span[], length: number): Span[] {
  const marked = new Uint8Array(length + 1);
  for (const [from, to] of ranges) marked.fill(1, Math.max(0, from), Math.max(0, Math.min(to, length)));
  marked[length] = 0;
  const spans: Span[] = [];
  let from = -1;
  marked.forEach((inside, position) => {
    if (inside === 1 && from < 0) from = position;
    if (inside === 0 && from >= 0) {
      spans.push([from, position]);
      from = -1;
    }
  });
  return spans;
}
