import type { WordVectors } from '@aimle/datasets';
import { foldIn, key } from '@aimle/random';
import type { Embedding } from '../network/network.js';
import { FIRST_WORD, type Vocabulary } from '../text/vocabulary.js';
import { cached } from './cache.js';
import { skipGram } from './skipGram.js';

/** Our own vectors; a change makes a new cache entry. */
const OWN = { size: 200, version: 2 } as const;
/** Small corpora get more epochs: until half a million words were seen, within bounds. */
const WORDS_SEEN = 5e5;
const EPOCHS = { min: 2, max: 20 } as const;
/** Root mean square of a vector's elements, close to that of published vectors, so that the same learning rate fits. */
const SPREAD = 0.3;

/** Takes the vectors of a vocabulary from a file; words without one get zeros, as do padding and unknown words. */
export function fromFile(vocabulary: Vocabulary, { size, vectors }: WordVectors): Embedding {
  const values = new Float32Array(vocabulary.size * size);
  vocabulary.words.forEach((word, i) => {
    const vector = vectors.get(word);
    if (vector !== undefined) values.set(vector, (FIRST_WORD + i) * size);
  });
  return { size, values };
}

/** Trains vectors by skip-grams: the same for the same texts, and cached in the data folder unless it is ''. */
export async function trained(
  vocabulary: Vocabulary,
  texts: readonly Int32Array[],
  folder: string,
  note: (message: string) => void,
): Promise<Embedding> {
  const tokens = texts.reduce((sum, text) => sum + text.length, 0);
  const epochs = Math.max(EPOCHS.min, Math.min(EPOCHS.max, Math.ceil(WORDS_SEEN / tokens)));
  const made = { ...OWN, epochs, words: vocabulary.size };
  const values = await cached(folder, { texts, ...made }, () => {
    if (tokens > 1e6) note(`Training word vectors on ${(tokens / 1e6).toFixed(1)} million words, once.`);
    return scaled(skipGram(texts, { ...made, key: foldIn(key(0), 'word vectors') }));
  });
  return { size: OWN.size, values };
}

function scaled(values: Float32Array): Float32Array {
  const { size } = OWN;
  let sum = 0;
  let count = 0;
  for (let from = 0; from < values.length; from += size) {
    const vector = values.subarray(from, from + size);
    if (vector.every((value) => value === 0)) continue;
    for (const value of vector) sum += value * value;
    count += size;
  }
  const factor = SPREAD / Math.sqrt(sum / count);
  return values.map((value) => value * factor);
}
