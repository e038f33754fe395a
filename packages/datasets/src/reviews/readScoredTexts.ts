import { parseJson } from '../format/jsonKeys.js';
import { csvRows } from '../table/csvRows.js';
import { decimalNumber } from '../table/decimalNumber.js';
import { columnIn } from '../table/readCsv.js';
import { linesOf } from './lines.js';
import type { Review, Reviews } from './review.js';
import { problemOfJson, SkippedLines } from './skipped.js';
import { wordsOf } from './words.js';

/** Settings of {@link readScoredTexts}. */
export interface ScoredTextsOptions {
  /** The column or field with the text. Default: `text`. */
  readonly textColumn?: string;
  /** The column or field with the score. Default: `score`. */
  readonly scoreColumn?: string;
  /** The minimum and maximum possible score, which become 0 and 1. Default: [0, 1]. */
  readonly range?: readonly [min: number, max: number];
}

interface Row {
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Reads your own texts with one score each: CSV with a header line (`.csv`, or `.tsv` with tabs; fields by RFC 4180), or JSON
 * Lines (`.jsonl`, `.ndjson`); all may be gzipped (`.csv.gz`), and endings may be in any case. The file is streamed, and only words and scores are kept.
 * Node only.
 *
 * A quote out of place costs its own lines only. Texts are split by {@link wordsOf}. A row without a text, or with a score that is not a number in the range, is
 * skipped and counted.
 *
 * @returns reviews with one rating.
 * @throws RangeError when the file's name has another ending, or the range is empty; FormatError when a column is
 * missing, nameless or doubled, or more than 5 % of the rows cannot be used.
 * @example
 * ```ts
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readScoredTexts } from '@aimle/datasets';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'texts-')), 'films.csv');
 * await writeFile(path, `text,stars\n${'"Good, and short.",4\n'.repeat(20)}Dull.,9\n`);
 * const { reviews, skipped } = await readScoredTexts(path, { scoreColumn: 'stars', range: [1, 5] });
 * reviews[0]?.ratings; // => [0.75]
 * skipped.first[0]?.reason; // => 'stars must be a number in [1, 5], got "9"'
 * ```
 */
export async function readScoredTexts(path: string, options: ScoredTextsOptions = {}): Promise<Reviews> {
  const { textColumn = 'text', scoreColumn = 'score', range = [0, 1] } = options;
  const [min, max] = range;
  if (!(Number.isFinite(min) && Number.isFinite(max) && min < max)) {
    throw new RangeError(
      `readScoredTexts: range must be two numbers, the smaller one first, got ${min} and ${max}`,
    );
  }
  const skipped = new SkippedLines();
  const reviews: Review[] = [];
  const fields = new Set<string>();
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for await (const { line, values } of rowsOf(path, [textColumn, scoreColumn], skipped, fields)) {
    const { [textColumn]: text, [scoreColumn]: score } = values;
    const value = decimalNumber(score);
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    const tokens = typeof text === 'string' ? wordsOf(text) : [];
    if (typeof text !== 'string') skipped.add(line, `no ${textColumn}`);
    else if (tokens.length === 0) skipped.add(line, 'no words');
    else if (!(value >= min && value <= max)) {
      skipped.add(
        line,
        `${scoreColumn} must be a number in [${min}, ${max}], got ${JSON.stringify(score)?.slice(0, 80)}`,
      );
    } else reviews.push({ tokens, ratings: [(value - min) / (max - min)] });
  }
  const demand = `have a text in "${textColumn}" and a score from ${min} to ${max} in "${scoreColumn}"`;
  for (const column of fields.size > 0 ? [textColumn, scoreColumn] : []) columnIn([...fields], column, path);
  const outside = lowest < min || highest > max;
  const advice = outside
    ? `the scores found go from ${lowest} to ${highest}, so give that range (--score-range ${lowest},${highest})`
    : 'correct the others, or name other columns';
  skipped.check(path, reviews.length, demand, advice);
  return { reviews, skipped };
}

/** Yields rows; `fields` collects the names of those of JSON Lines, which have no line of names. */
function rowsOf(
  path: string,
  columns: readonly string[],
  skipped: SkippedLines,
  fields: Set<string>,
): AsyncGenerator<Row> {
  if (/\.[ct]sv(\.gz)?$/i.test(path)) return csvValues(path, columns, skipped);
  if (/\.(jsonl|ndjson)(\.gz)?$/i.test(path)) return jsonRows(path, columns, skipped, fields);
  throw new RangeError(
    `readScoredTexts: the file's name must end in .csv, .tsv, .jsonl or .ndjson, with or without .gz, got ${path}`,
  );
}

async function* csvValues(
  path: string,
  wanted: readonly string[],
  skipped: SkippedLines,
): AsyncGenerator<Row> {
  let places: [name: string, at: number][] | null = null;
  for await (const { line, cells } of csvRows(path, (at, reason) => skipped.add(at, reason))) {
    if (places === null) places = wanted.map((name) => [name, columnIn(cells, name, path)]);
    else yield { line, values: Object.fromEntries(places.map(([name, at]) => [name, cells[at]])) };
  }
}

/** A file may have other fields in every line; a message lists no more. */
const MAX_FIELDS = 100;

async function* jsonRows(
  path: string,
  columns: readonly string[],
  skipped: SkippedLines,
  fields: Set<string>,
): AsyncGenerator<Row> {
  for await (const { number, text } of linesOf(path)) {
    if (text === null) skipped.add(number, 'not UTF-8');
    if (text === null || text.trim() === '') continue;
    let values: unknown;
    try {
      values = parseJson(text);
    } catch (error) {
      skipped.add(number, problemOfJson(error));
      continue;
    }
    if (typeof values !== 'object' || values === null || Array.isArray(values)) {
      skipped.add(number, 'must be an object');
      continue;
    }
    for (const field of Object.keys(values)) {
      if (fields.size < MAX_FIELDS || columns.includes(field)) fields.add(field);
    }
    yield { line: number, values: values as Row['values'] };
  }
}
