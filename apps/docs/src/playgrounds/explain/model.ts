import type { AnnotatedReview } from '@aimle/datasets';
import { type Adam, adam, valueAndGradients } from '@aimle/engine';
import { aimle, type Layer } from '@aimle/estimators';
import { fillIntegers, foldIn, type Key, key, sumOfGamma } from '@aimle/random';
import { topK } from '@aimle/solvers';
import * as tf from '@tensorflow/tfjs';
import type { Learner } from '../../live/protocol.js';
import { readAs } from './lexicon.js';
import { Network } from './network.js';
import { type Corpus, corpus, LENGTH, marksOf, numbered } from './reviews.js';

export interface ExplainOptions {
  readonly seed: number;
  /** Which rating is predicted, as a place in ASPECTS. */
  readonly aspect: number;
  /** How many words it is predicted from. */
  readonly k: number;
}

/** A model's output for one text. */
export interface Explained {
  readonly words: readonly string[];
  /** For each word, the fraction of draws that chose it. */
  readonly marginals: readonly number[];
  /** For each word, whether it is among the k best. */
  readonly chosen: readonly boolean[];
  /** Words that no review to train on has, and the words of these reviews that they are read as. */
  readonly readAs: readonly (readonly [word: string, known: string])[];
  /** Words that cannot be read; they cannot be chosen. */
  readonly unknown: readonly string[];
  /** From the k best words, in [0, 1]; null where the text has fewer than k known words. */
  readonly rating: number | null;
}

export interface ExplainedReview extends Explained {
  /** For each word, whether it was written to carry the rating. */
  readonly marks: readonly boolean[];
  readonly trueRating: number;
}

export interface ExplainReport {
  /** Mean squared error of the rating, averaged over the last steps; null before the first. */
  readonly error: number | null;
  /** Fraction of the k best words of held-out reviews that carry the rating. */
  readonly precision: number;
  /** The same for k words chosen at random. */
  readonly chance: number;
  readonly reviews: readonly ExplainedReview[];
}

const BATCH = 12;
const DRAWS = 48;
const SHOWN = 3;

/** Learning to explain: k words of a review are chosen, and its rating is predicted from them alone. */
export class ExplainModel implements Learner<ExplainReport, readonly string[], Explained> {
  readonly #origin: Key;
  readonly #aspect: number;
  readonly #k: number;
  readonly #corpus: Corpus;
  readonly #network: Network;
  readonly #layer: Layer;
  readonly #optimiser: Adam = adam({ learningRate: 0.01 });
  readonly #held: Int32Array;
  readonly #marks: readonly (readonly boolean[])[];
  #steps = 0;
  #error: number | null = null;

  constructor({ seed, aspect, k }: ExplainOptions) {
    this.#origin = key(seed);
    this.#aspect = aspect;
    this.#k = k;
    this.#corpus = corpus(this.#origin);
    this.#network = new Network(this.#corpus.vocabulary.size + 1, foldIn(this.#origin, 'weights'));
    this.#layer = aimle(topK({ size: LENGTH, k }), { noise: sumOfGamma({ kappa: k }) });
    this.#held = numbered(wordsIn(this.#corpus.held), this.#corpus);
    this.#marks = this.#corpus.held.map((review) => marksOf(review, aspect));
  }

  step(): void {
    const stepKey = foldIn(foldIn(this.#origin, 'step'), this.#steps);
    const chosen = new Int32Array(BATCH);
    fillIntegers(foldIn(stepKey, 'batch'), chosen, 0, this.#corpus.train.length);
    const batch = Array.from(chosen, (i) => this.#corpus.train[i]!);
    const words = numbered(wordsIn(batch), this.#corpus);
    const error = tf.tidy(() => {
      const ratings = tf.tensor1d(batch.map(({ ratings }) => ratings[this.#aspect]!));
      const { value, gradients } = valueAndGradients(this.#network.parameters, () => {
        const value = this.#layer.expectation(
          this.#network.score(words),
          (z) => tf.squaredDifference(this.#network.rate(z, words, this.#k), ratings),
          { key: foldIn(stepKey, 'choice') },
        );
        return value.mean();
      });
      this.#optimiser.apply(this.#network.parameters, gradients);
      return value.dataSync()[0]!;
    });
    this.#steps += 1;
    this.#error = this.#error === null ? error : 0.9 * this.#error + 0.1 * error;
  }

  report(): ExplainReport {
    const best = tf.tidy(() => this.#layer.mode(this.#network.score(this.#held)).dataSync());
    let right = 0;
    let lucky = 0;
    this.#marks.forEach((marks, row) => {
      marks.forEach((marked, at) => {
        if (marked && best[row * LENGTH + at] === 1) right += 1;
      });
      lucky += marks.filter(Boolean).length / marks.length;
    });
    const shown = this.#corpus.held.slice(0, SHOWN);
    const explained = this.#explain(wordsIn(shown));
    return {
      error: this.#error,
      precision: right / (this.#k * this.#marks.length),
      chance: lucky / this.#marks.length,
      reviews: shown.map(({ ratings }, i) => ({
        ...explained[i]!,
        marks: this.#marks[i]!,
        trueRating: ratings[this.#aspect]!,
      })),
    };
  }

  answer(words: readonly string[]): Explained {
    const { vocabulary } = this.#corpus;
    const text = words.slice(0, LENGTH);
    const known = text.map((word) => (vocabulary.has(word) ? word : (readAs(word, this.#aspect) ?? word)));
    const pairs = text.flatMap((word, i) => (word === known[i] ? [] : [[word, known[i]!] as const]));
    const explained = this.#explain([known])[0]!;
    return { ...explained, words: text, readAs: [...new Map(pairs)] };
  }

  dispose(): void {
    this.#network.dispose();
  }

  #explain(texts: readonly (readonly string[])[]): Explained[] {
    const numbers = numbered(texts, this.#corpus);
    const { best, marginals, ratings } = tf.tidy(() => {
      const theta = this.#network.score(numbers);
      const z = this.#layer.mode(theta);
      const drawn = this.#layer.sample(theta, { key: foldIn(this.#origin, 'shown'), samples: DRAWS });
      return {
        best: z.dataSync(),
        marginals: drawn.mean(1).dataSync(),
        ratings: this.#network.rate(z, numbers, this.#k).dataSync(),
      };
    });
    return texts.map((words, row) => {
      const at = row * LENGTH;
      const known = words.map((_, i) => numbers[at + i] !== 0);
      const enough = known.filter(Boolean).length >= this.#k;
      return {
        words,
        readAs: [],
        marginals: words.map((_, i) => (known[i] ? marginals[at + i]! : 0)),
        chosen: words.map((_, i) => known[i]! && best[at + i] === 1),
        unknown: [...new Set(words.filter((_, i) => !known[i]))],
        rating: enough ? ratings[row]! : null,
      };
    });
  }
}

function wordsIn(reviews: readonly AnnotatedReview[]): (readonly string[])[] {
  return reviews.map(({ tokens }) => tokens);
}
