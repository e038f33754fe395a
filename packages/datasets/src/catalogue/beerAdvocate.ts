import { locate, type UnpinnedFile } from '../folder/dataFile.js';
import { type DownloadOptions, download } from '../folder/download.js';
import { readAnnotations } from '../reviews/readAnnotations.js';
import { readReviews } from '../reviews/readReviews.js';
import { describeSkipped, type Skipped } from '../reviews/skipped.js';
import { readWordVectors } from '../words/readWordVectors.js';
import { datasetOfFiles } from './dataset.js';

/**
 * The aspects of a BeerAdvocate review for which training sets were published, in the order of its ratings.
 *
 * @example
 * ```ts
 * import { aspects } from '@aimle/datasets';
 *
 * aspects.indexOf('aroma') // => 1
 * ```
 */
export const aspects = ['appearance', 'aroma', 'palate', 'taste'] as const;

const NAME = 'beer-advocate';

/** Where the authors of the data published it. If it is closed, the error says so. */
const mirrors = ['http://people.csail.mit.edu/taolei/beer'];

const reviews = (split: string): UnpinnedFile[] =>
  aspects.map((_, aspect) => packed(`reviews.aspect${aspect}.${split}.txt`, readReviews));

const train = reviews('train');
const heldOut = reviews('heldout');
const vectors = packed('review+wiki.filtered.200.txt', readWordVectors);
const annotations: UnpinnedFile = {
  name: 'annotations.json',
  unpacked: { name: 'annotations.json.gz' },
  check: (path) => problemOf(readAnnotations, path),
};
const files: readonly UnpinnedFile[] = [...train, ...heldOut, annotations, vectors];

function packed(name: string, read: Reader): UnpinnedFile {
  return { name: `${name}.gz`, unpacked: { name }, check: (path) => problemOf(read, path) };
}

type Reader = (path: string) => Promise<{ readonly skipped: Skipped }>;

/** With more bad lines than this, one in a hundred of the shortest file, it is not the right file. */
const MAX_SKIPPED = 100;

async function problemOf(read: Reader, path: string): Promise<string | null> {
  try {
    const { skipped } = await read(path);
    return skipped.count > MAX_SKIPPED ? describeSkipped('it does not read well', skipped) : null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Paths of the BeerAdvocate files; null where one is missing. */
export interface BeerAdvocateFiles {
  /** By aspect. */
  readonly train: readonly (string | null)[];
  /** By aspect. */
  readonly heldOut: readonly (string | null)[];
  readonly annotations: string | null;
  /** The official vectors of 200 numbers. */
  readonly vectors: string | null;
}

/**
 * Finds the BeerAdvocate files in the data folder, packed (`.gz`) or not, under their official names. Node only.
 *
 * @param folder - the data folder; the files are in its folder `beer-advocate`.
 * @example
 * ```ts
 * import { beerAdvocateFiles } from '@aimle/datasets';
 *
 * const { heldOut } = await beerAdvocateFiles('/nothing/here');
 * heldOut // => [null, null, null, null]
 * ```
 */
export async function beerAdvocateFiles(folder: string): Promise<BeerAdvocateFiles> {
  const { join } = await import('node:path');
  const at = (file: UnpinnedFile): Promise<string | null> => locate(join(folder, NAME), file);
  return {
    train: await Promise.all(train.map(at)),
    heldOut: await Promise.all(heldOut.map(at)),
    annotations: await at(annotations),
    vectors: await at(vectors),
  };
}

async function get(folder: string, options: DownloadOptions): Promise<void> {
  const { join } = await import('node:path');
  const own = join(folder, NAME);
  const problems: { name: string; problem: string }[] = [];
  for (const file of files) {
    const path = await locate(own, file);
    if (path !== null && (await file.check(path)) === null) continue;
    try {
      await download(file, own, { mirrors, ...options });
    } catch (error) {
      // If nothing can be written or the user stops, the other files would fail as well.
      if (options.signal?.aborted || !(error as Error).message.includes('could not be downloaded'))
        throw error;
      problems.push({ name: file.name, problem: (error as Error).message });
    }
  }
  if (problems.length > 0) throw new Error(missing(own, problems));
}

/** Builds the error message: the first reason, and which files to put where. */
function missing(own: string, problems: readonly { name: string; problem: string }[]): string {
  const names = problems.map(({ name }) => `  ${name}`).join('\n');
  return (
    `${problems[0]!.problem}\n` +
    `The reviews are for research only, and their owners closed the public copy. Ask the authors of "Rationalizing ` +
    `neural predictions" (Lei, Barzilay, Jaakkola 2016), and put these files, packed or not, into ${own}:\n${names}\n` +
    'For one aspect its two files, annotations.json and the vectors are enough; without the vectors, a run trains its ' +
    'own; with held-out files only, it trains on those of the other aspects. `reviews-synthetic` needs no file.'
  );
}

/** BeerAdvocate in the catalogue. No digests were published, so files are checked by their contents. */
export const beerAdvocate = datasetOfFiles({
  name: NAME,
  title: 'beer reviews with five ratings each, 994 of them with the words that annotators marked',
  source: 'J. McAuley and others 2012, T. Lei and others 2016; for research purposes only',
  files,
  remedy: 'tries to get it',
  get,
  problemOf: (path, file) => file.check(path),
});
