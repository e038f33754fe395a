import { beerAdvocateFiles, type Review, readVectorTable, readWordVectors } from '@aimle/datasets';
import type { TaskContext } from '@aimle/training';
import type { Embedding } from '../network/network.js';
import type { LearningToExplainConfig } from '../settings.js';
import { fitting } from '../text/layout.js';
import { Vocabulary } from '../text/vocabulary.js';
import { fromFile, trained } from '../vectors/wordVectors.js';
import { type Source, sourceOf } from './sources.js';

/** Texts as token ids, cut to maxLength, with their ratings. */
export interface RatedTexts {
  readonly texts: readonly Int32Array[];
  readonly ratings: Float32Array;
}

/** A text in which the words that explain its rating are marked, cut to maxLength. */
export interface MarkedText {
  readonly tokens: readonly string[];
  readonly ids: Int32Array;
  readonly rating: number;
  /** 1 for each token about the aspect. */
  readonly marks: Uint8Array;
}

export interface Splits {
  readonly train: RatedTexts;
  readonly validation: RatedTexts;
  readonly test: RatedTexts;
  /** Texts that precision is measured on; empty where no words are marked. */
  readonly marked: readonly MarkedText[];
  readonly vocabulary: Vocabulary;
  readonly embedding: Embedding;
  /** One sentence about all of it. */
  readonly description: string;
}

/** Loads the texts and word vectors of a configuration. */
export async function loadSplits(config: LearningToExplainConfig, context: TaskContext): Promise<Splits> {
  const source = await sourceOf(config, context);
  const { aspect } = source;
  const vocabulary = new Vocabulary(source.train.map(({ tokens }) => tokens));
  const rated = (reviews: readonly Review[]): RatedTexts => ({
    texts: reviews.map(({ tokens }) => read(tokens)),
    ratings: Float32Array.from(reviews, ({ ratings }) => ratings[aspect]!),
  });
  const read = (tokens: readonly string[]): Int32Array =>
    fitting(vocabulary.ids(tokens), config.maxLength, config.truncate);
  const marked = source.marked.map(({ tokens, ratings, spans }): MarkedText => {
    const { maxLength, truncate } = config;
    const marks = new Uint8Array(tokens.length);
    for (const [from, to] of spans[aspect]!) marks.fill(1, from, to);
    return {
      tokens: fitting(tokens, maxLength, truncate),
      ids: read(tokens),
      rating: ratings[aspect]!,
      marks: fitting(marks, maxLength, truncate),
    };
  });
  const train = rated(source.train);
  const { embedding, description } = await vectorsFor(config, context, vocabulary, source);
  return {
    train,
    validation: rated(source.validation),
    test: rated(source.test),
    marked,
    vocabulary,
    embedding,
    description: `${source.description}; ${description}`,
  };
}

async function vectorsFor(
  { vectors }: LearningToExplainConfig,
  { folder, note }: TaskContext,
  vocabulary: Vocabulary,
  { train, beer }: Source,
): Promise<{ embedding: Embedding; description: string }> {
  if (vectors === 'auto' && beer) {
    const found = await readPublished(folder, new Set(vocabulary.words));
    if (found !== null)
      return { embedding: fromFile(vocabulary, found.read), description: found.description };
  }
  const texts = train.map(({ tokens }) => vocabulary.ids(tokens));
  return {
    embedding: await trained(vocabulary, texts, folder, note),
    description: 'word vectors by skip-grams on the training texts',
  };
}

/** Finds word vectors next to the reviews: the official file, or your own table, `embeddings.*.npy` and `embeddings.vocab.txt`. */
async function readPublished(folder: string, words: ReadonlySet<string>) {
  const { vectors } = await beerAdvocateFiles(folder);
  if (vectors !== null) {
    return { read: await readWordVectors(vectors, words), description: 'the official word vectors' };
  }
  const { readdir } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const own = join(folder, 'beer-advocate');
  const names: string[] = await readdir(own).catch(() => []);
  const table = names.find((name) => /^embeddings\..*npy$/.test(name));
  if (table === undefined || !names.includes('embeddings.vocab.txt')) return null;
  const read = await readVectorTable(join(own, table), join(own, 'embeddings.vocab.txt'), words);
  return { read, description: `the word vectors of ${table}` };
}
