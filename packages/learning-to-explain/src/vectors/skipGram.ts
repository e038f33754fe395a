import { fillBits, fillUniform, foldIn, type Key } from '@aimle/random';

export interface SkipGramOptions {
  /** Number of words: ids are below it. */
  readonly words: number;
  /** Numbers in a vector. */
  readonly size: number;
  readonly epochs: number;
  readonly key: Key;
}

const WINDOW = 5;
const NEGATIVES = 5;
const RATE = 0.05;
/** Words with a larger share are sometimes skipped, the more often the more frequent they are. */
const FREQUENT = 1e-3;
const TABLE = 2 ** 20;
/** Random numbers per position: whether to keep the word, the window, and the negatives of each neighbour. */
const DRAWS = 2 + 2 * WINDOW * NEGATIVES;

/**
 * Trains word vectors by skip-grams with negative sampling: a word's vector predicts its neighbours against random words.
 *
 *   maximise  log s(<v_w, u_c>) + sum_n log s(-<v_w, u_n>),   n ~ count^(3/4)
 *
 * @returns [words, size]; zeros for words that do not occur.
 * @see Mikolov, Sutskever, Chen, Corrado, Dean 2013, arXiv:1310.4546.
 */
export function skipGram(texts: readonly Int32Array[], options: SkipGramOptions): Float32Array {
  const { words, size, epochs, key } = options;
  const counts = new Float64Array(words);
  let total = 0;
  for (const text of texts) {
    for (const word of text) counts[word]!++;
    total += text.length;
  }
  const kept = counts.map((count) => Math.min(1, Math.sqrt((FREQUENT * total) / count)));
  const negatives = negativeTable(counts);
  const vectors = new Float32Array(words * size);
  fillUniform(foldIn(key, 'vectors'), vectors);
  for (let i = 0; i < vectors.length; i++) {
    vectors[i] = counts[Math.floor(i / size)] === 0 ? 0 : (vectors[i]! - 0.5) / size;
  }
  const contexts = new Float32Array(words * size);
  const moved = new Float32Array(size);
  let bits = new Uint32Array(0);
  let seen = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const epochKey = foldIn(key, epoch);
    texts.forEach((text, number) => {
      if (bits.length < text.length * DRAWS) bits = new Uint32Array(text.length * DRAWS);
      fillBits(foldIn(epochKey, number), bits.subarray(0, text.length * DRAWS));
      const place = text.filter((word, at) => bits[at * DRAWS]! < kept[word]! * 2 ** 32);
      const rate = RATE * Math.max(1e-4, 1 - seen / (epochs * total));
      seen += text.length;
      for (let at = 0; at < place.length; at++) {
        const reach = 1 + (bits[at * DRAWS + 1]! % WINDOW);
        let draw = at * DRAWS + 2;
        for (let by = Math.max(0, at - reach); by <= Math.min(place.length - 1, at + reach); by++) {
          if (by === at) continue;
          const centre = place[at]! * size;
          moved.fill(0);
          update(centre, place[by]! * size, 1, rate);
          for (let n = 0; n < NEGATIVES; n++) {
            const other = negatives[bits[draw++]! % TABLE]!;
            if (other !== place[by]) update(centre, other * size, 0, rate);
          }
          for (let j = 0; j < size; j++) vectors[centre + j]! += moved[j]!;
        }
      }
    });
  }
  return vectors;

  function update(centre: number, context: number, label: 0 | 1, rate: number): void {
    let dot = 0;
    for (let j = 0; j < size; j++) dot += vectors[centre + j]! * contexts[context + j]!;
    const step = rate * (label - 1 / (1 + Math.exp(-dot)));
    for (let j = 0; j < size; j++) {
      const old = contexts[context + j]!;
      moved[j]! += step * old;
      contexts[context + j] = old + step * vectors[centre + j]!;
    }
  }
}

/** Lists words in proportion to count^(3/4). */
function negativeTable(counts: Float64Array): Int32Array {
  const table = new Int32Array(TABLE);
  const sum = counts.reduce((all, count) => all + count ** 0.75, 0);
  let word = 0;
  let share = counts[0]! ** 0.75 / sum;
  for (let i = 0; i < TABLE; i++) {
    while ((i + 0.5) / TABLE > share && word < counts.length - 1) share += counts[++word]! ** 0.75 / sum;
    table[i] = word;
  }
  return table;
}
