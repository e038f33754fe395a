import {
  type AnnotatedReview,
  aspects,
  beerAdvocateFiles,
  describeSkipped,
  type Review,
  readAnnotations,
  readReviews,
  readScoredTexts,
  type Skipped,
  syntheticReviews,
} from '@aimle/datasets';
import { foldIn, type Key, key, randomPermutation } from '@aimle/random';
import { contentMark, RequestError, type TaskContext } from '@aimle/training';
import type { LearningToExplainConfig } from '../settings.js';

/** Reviews as they come from their source, already split. */
export interface Source {
  readonly train: readonly Review[];
  readonly validation: readonly Review[];
  readonly test: readonly Review[];
  readonly marked: readonly AnnotatedReview[];
  /** Index of the explained rating among a review's ratings. */
  readonly aspect: number;
  /** One sentence: what the data is and where it came from. */
  readonly description: string;
  /** Whether the published word vectors fit it. */
  readonly beer: boolean;
}

/** Loads the reviews of a configuration; `auto` takes BeerAdvocate where its files are. */
export async function sourceOf(config: LearningToExplainConfig, context: TaskContext): Promise<Source> {
  if (config.data === 'texts') return ownTexts(config, context);
  if (config.data === 'reviews-synthetic') return generated(config);
  const beer = await beerAdvocate(config, context);
  if (beer !== null) return beer;
  if (config.data === 'beer-advocate') {
    throw new Error(
      `BeerAdvocate's files for ${config.aspect} are not in the data folder; \`aimle data get beer-advocate\` says which ` +
        'and where to put them, and the data set reviews-synthetic needs none',
    );
  }
  context.note("BeerAdvocate's files are missing, so the run uses generated reviews instead.");
  return generated(config);
}

function generated(config: LearningToExplainConfig): Source {
  const origin = foldIn(key(config.seed), 'reviews');
  const { trainCount, validationCount, testCount } = config;
  const some = (count: number, split: string): AnnotatedReview[] =>
    syntheticReviews({ count, key: foldIn(origin, split) });
  const count = trainCount === 0 ? GENERATED : trainCount;
  const test = some(testCount, 'test');
  return {
    train: some(count, 'train'),
    validation: some(validationCount, 'validation'),
    test,
    marked: test,
    aspect: aspectOf(config),
    beer: false,
    description:
      `reviews by our own generator, ${config.aspect}: ${count} to train on, ${validationCount} for validation, ` +
      `${testCount} to test on, all of those with known reasons`,
  };
}

/** Number of generated reviews to train on when all are asked for. */
const GENERATED = 20_000;

/** Loads BeerAdvocate; null where a file is missing that has no substitute. */
async function beerAdvocate(config: LearningToExplainConfig, context: TaskContext): Promise<Source | null> {
  const files = await beerAdvocateFiles(context.folder);
  const aspect = aspectOf(config);
  const { annotations } = files;
  const heldOutPath = files.heldOut[aspect];
  const trainPath = files.train[aspect];
  const others = files.heldOut.filter((path, i): path is string => i !== aspect && path !== null);
  if (heldOutPath == null || annotations === null || (trainPath == null && others.length === 0)) return null;
  const read = readerWith(context);
  const heldOut = await read(heldOutPath);
  const all =
    trainPath == null
      ? withoutTexts((await Promise.all(others.map(read))).flat(), heldOut)
      : await read(trainPath);
  const train = firstOf(all, config);
  const { annotated, skipped, clipped } = await readAnnotations(annotations);
  noteSkipped(context, annotations, skipped);
  if (clipped > 0)
    context.note(`${nameOf(annotations)}: ${clipped} ranges reached beyond their text and were cut.`);
  const [validation, test] = halves(heldOut, foldIn(key(config.seed), 'heldout'));
  const origin =
    trainPath == null ? `the held-out files of ${others.length} other aspects` : 'its own training file';
  return {
    train,
    validation,
    test,
    marked: annotated,
    aspect,
    beer: true,
    description:
      `BeerAdvocate, ${config.aspect}: ${train.length} reviews of ${origin} to train on, ${validation.length} for ` +
      `validation, ${test.length} to test on, ${annotated.length} with the words that people marked`,
  };
}

/** Loads your own texts: nine tenths to train on, a twentieth each for validation and test; no words are marked. */
async function ownTexts(config: LearningToExplainConfig, context: TaskContext): Promise<Source> {
  const { texts: path = '', textColumn, scoreColumn, scoreRange: range } = config;
  const { reviews, skipped } = await readScoredTexts(path, { textColumn, scoreColumn, range }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new RequestError(`there is no file ${path}`, { cause: error });
      throw error;
    },
  );
  noteSkipped(context, path, skipped);
  const shuffled = inOrder(reviews, randomPermutation(foldIn(key(config.seed), 'texts'), reviews.length));
  const held = Math.max(1, Math.floor(reviews.length / 20));
  if (reviews.length < 2 * held + config.batchSize) {
    throw new RangeError(
      `l2x: there must be at least ${2 * held + config.batchSize} texts for batches of ${config.batchSize}, got ` +
        `${reviews.length}; set a smaller batchSize, or give more texts`,
    );
  }
  const mark = await contentMark(reviews.map((review) => JSON.stringify(review)));
  const train = firstOf(shuffled.slice(2 * held), config);
  return {
    train,
    validation: shuffled.slice(0, held),
    test: shuffled.slice(held, 2 * held),
    marked: [],
    aspect: 0,
    beer: false,
    description: `texts of ${nameOf(path)} (${mark}): ${train.length} to train on, ${held} for validation, ${held} to test on`,
  };
}

function aspectOf({ aspect }: LearningToExplainConfig): number {
  return aspects.indexOf(aspect as (typeof aspects)[number]);
}

function firstOf(
  reviews: readonly Review[],
  { trainCount, seed }: LearningToExplainConfig,
): readonly Review[] {
  if (trainCount === 0 || trainCount >= reviews.length) return reviews;
  const order = randomPermutation(foldIn(key(seed), 'part'), reviews.length);
  return inOrder(reviews, order.subarray(0, trainCount));
}

/** Keeps the reviews whose texts are not among the others, each once. */
function withoutTexts(reviews: readonly Review[], others: readonly Review[]): Review[] {
  const seen = new Set(others.map(({ tokens }) => tokens.join(' ')));
  return reviews.filter(({ tokens }) => {
    const text = tokens.join(' ');
    const fresh = !seen.has(text);
    seen.add(text);
    return fresh;
  });
}

function halves(reviews: readonly Review[], origin: Key): [Review[], Review[]] {
  const shuffled = inOrder(reviews, randomPermutation(origin, reviews.length));
  const half = Math.floor(reviews.length / 2);
  return [shuffled.slice(0, half), shuffled.slice(half)];
}

function inOrder(reviews: readonly Review[], order: Int32Array): Review[] {
  return Array.from(order, (place) => reviews[place]!);
}

function readerWith(context: TaskContext): (path: string) => Promise<readonly Review[]> {
  return async (path) => {
    const { reviews, skipped } = await readReviews(path);
    noteSkipped(context, path, skipped);
    return reviews;
  };
}

function noteSkipped({ note }: TaskContext, path: string, skipped: Skipped): void {
  const message = describeSkipped(nameOf(path), skipped);
  if (message !== null) note(`${message}.`);
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1)!;
}
