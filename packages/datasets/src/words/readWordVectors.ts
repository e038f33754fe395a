import { linesOf } from '../reviews/lines.js';
import { type Skipped, SkippedLines } from '../reviews/skipped.js';
import { decimalNumber } from '../table/decimalNumber.js';

/** Vectors of words. */
export interface WordVectors {
  /** Numbers in a vector. */
  readonly size: number;
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

/** The vectors that were read, and the lines that were skipped. */
export interface ReadWordVectors extends WordVectors {
  readonly skipped: Skipped;
}

/**
 * Reads the vectors of the given words from a text file of word2vec or GloVe: each line is a word and its numbers,
 * separated by spaces; a first line with two counts is skipped. The file may be gzipped, and is streamed. Node only.
 *
 * The first usable line determines the length of vectors; lines with another length, or with invalid numbers, are
 * skipped and counted.
 *
 * @param words - the words to read. Default: all.
 * @throws FormatError when more than 5 % of the lines cannot be used or gzip data is damaged; any error from opening the file.
 * @example
 * ```ts
 * import { mkdtemp, writeFile } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { readWordVectors } from '@aimle/datasets';
 *
 * const path = join(await mkdtemp(join(tmpdir(), 'words-')), 'vectors.txt');
 * await writeFile(path, 'beer 1 2\nwine 3 4\n');
 * const { size, vectors } = await readWordVectors(path, new Set(['wine']));
 * [size, vectors.size]; // => [2, 1]
 * vectors.get('wine'); // => [3, 4]
 * ```
 */
export async function readWordVectors(path: string, words?: ReadonlySet<string>): Promise<ReadWordVectors> {
  const vectors = new Map<string, Float32Array>();
  const skipped = new SkippedLines();
  let size = 0;
  let lines = 0;
  for await (const { number, text } of linesOf(path)) {
    if (text === '' || (number === 1 && text !== null && /^\d+ \d+\s*$/.test(text))) continue;
    lines++;
    if (text === null) {
      skipped.add(number, 'not UTF-8');
      continue;
    }
    const space = text.indexOf(' ');
    const word = text.slice(0, space);
    // Most lines hold words that are not needed; they are not parsed, except the first.
    if (size > 0 && words !== undefined && !words.has(word)) continue;
    const vector = Float32Array.from(
      text
        .slice(space + 1)
        .trim()
        .split(/\s+/),
      decimalNumber,
    );
    if (space <= 0 || !vector.every(Number.isFinite)) {
      skipped.add(number, 'must be a word and numbers');
      continue;
    }
    if (size === 0) size = vector.length;
    if (vector.length !== size) skipped.add(number, `must have ${size} numbers, got ${vector.length}`);
    else if (words === undefined || words.has(word)) vectors.set(word, vector);
  }
  skipped.check(path, lines - skipped.count, 'be a word and its numbers');
  return { size, vectors, skipped };
}
