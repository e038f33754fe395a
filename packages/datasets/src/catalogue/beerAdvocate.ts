import { type DataFile, locate, type UnpinnedFile } from '../folder/dataFile.js';
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
const mirrors = ['https://people.csail.mit.edu/taolei/beer'];

/** Several times the largest file, that of the vectors. */
const MAX_BYTES = 1e9;

/** The held-out files as they were published in May 2016. What is downloaded must be these; your own copies may be repacked. */
const published: Readonly<Record<string, Pick<DataFile, 'bytes' | 'sha256'>>> = {
  'reviews.aspect0.heldout.txt.gz': {
    bytes: 2_680_192,
    sha256: 'c1cdef0b9e3b08eceb4dd57d87787b6523b3ddae39da9f9977a32f5c288393dd',
  },
  'reviews.aspect1.heldout.txt.gz': {
    bytes: 2_664_605,
    sha256: 'd5dd1d719f80a7637316ebe41e75bb2993557f25e7ccbad5b772d5b6be4e23c4',
  },
  'reviews.aspect2.heldout.txt.gz': {
    bytes: 2_718_689,
    sha256: '8170d0c5b2804e9ed703e9541ff86319a92bb4e69c60e7c780b2e76f732f1c10',
  },
  'reviews.aspect3.heldout.txt.gz': {
    bytes: 2_604_580,
    sha256: '31affcba7488183fd420872a57d03ead532b167adf78c926772e5a22656ba312',
  },
};

const reviews = (split: string): UnpinnedFile[] =>
  aspects.map((_, aspect) => packed(`reviews.aspect${aspect}.${split}.txt`, readReviews));

const train = reviews('train');
const heldOut = reviews('heldout');
const vectors = packed('review+wiki.filtered.200.txt', readWordVectors);
const annotations: UnpinnedFile = {
  name: 'annotations.json',
  maxBytes: MAX_BYTES,
  unpacked: { name: 'annotations.json.gz' },
  check: (path) => problemOf(readAnnotations, path),
};
const files: readonly UnpinnedFile[] = [...train, ...heldOut, annotations, vectors];

function packed(name: string, read: Reader): UnpinnedFile {
  return {
    name: `${name}.gz`,
    maxBytes: MAX_BYTES,
    unpacked: { name },
    check: (path) => problemOf(read, path),
  };
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
      const known = published[file.name];
      await download(known === undefined ? file : { name: file.name, ...known }, own, {
        mirrors,
        ...options,
      });
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

/** BeerAdvocate in the catalogue. Files are checked by their contents; downloads of the held-out files by their SHA-256 too. */
export const beerAdvocate = datasetOfFiles({
  name: NAME,
  title: 'beer reviews with five ratings each, 994 of them with the words that annotators marked',
  source: 'J. McAuley and others 2012, T. Lei and others 2016; for research purposes only',
  files,
  remedy: 'tries to get it',
  get,
  problemOf: (path, file) => file.check(path),
});
