import { useEngine } from '@aimle/engine';
import { key } from '@aimle/random';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { gradedWords, readAs } from '../src/playgrounds/explain/lexicon.js';
import { ExplainModel } from '../src/playgrounds/explain/model.js';
import { ASPECTS, corpus, LENGTH, marksOf, numbered } from '../src/playgrounds/explain/reviews.js';

describe('reviews', () => {
  const reviews = corpus(key(1));

  test('fit into the length, and every word to train on has a number', () => {
    const all = [...reviews.train, ...reviews.held];
    expect(Math.max(...all.map(({ tokens }) => tokens.length))).toBeLessThanOrEqual(LENGTH);
    const numbers = numbered([reviews.train[0]!.tokens], reviews);
    const words = reviews.train[0]!.tokens.length;
    expect(numbers.slice(0, words).every((number) => number > 0)).toBe(true);
    expect(numbers.slice(words).every((number) => number === 0)).toBe(true);
  });

  test('unused words have no number', () => {
    expect([...numbered([['taste', 'antidisestablishmentarianism']], reviews)].slice(0, 2)).toEqual([
      reviews.vocabulary.get('taste'),
      0,
    ]);
  });

  test('marks are on the words of the aspect alone', () => {
    const review = reviews.held[0]!;
    const marked = [0, 1, 2, 3].map((aspect) => marksOf(review, aspect));
    for (const marks of marked) expect(marks.filter(Boolean).length).toBeGreaterThanOrEqual(11);
    review.tokens.forEach((_, at) => {
      expect(marked.filter((marks) => marks[at]).length).toBeLessThanOrEqual(1);
    });
  });
});

describe('the model that explains', () => {
  beforeAll(() => useEngine('wasm', { report: () => {} }));

  test('finds the words that carry the rating: after 60 steps three times as many as chance', () => {
    const model = new ExplainModel({ seed: 1, aspect: 3, k: 6 });
    for (let step = 0; step < 60; step++) model.step();
    const { precision, chance, reviews } = model.report();
    expect(precision).toBeGreaterThan(3 * chance);
    for (const { marginals, chosen, words, marks } of reviews) {
      expect(marginals).toHaveLength(words.length);
      expect(marks).toHaveLength(words.length);
      expect(chosen.filter(Boolean)).toHaveLength(6);
      expect(marginals.reduce((sum, share) => sum + share)).toBeCloseTo(6, 4);
    }
    model.dispose();
  });

  test('unknown words are named and never chosen, and too short a text has no rating', () => {
    const model = new ExplainModel({ seed: 1, aspect: 0, k: 3 });
    const text = ['taste', 'quux', 'sweet', 'aroma', 'quux', 'stale'];
    const explained = model.answer(text);
    expect(explained.unknown).toEqual(['quux']);
    expect(explained.chosen[1]).toBe(false);
    expect(explained.marginals[4]).toBe(0);
    expect(explained.chosen.filter(Boolean)).toHaveLength(3);
    expect(explained.rating).toBeGreaterThan(0);
    expect(model.answer(['taste', 'quux']).rating).toBeNull();
    expect(model.answer([]).words).toEqual([]);
    model.dispose();
  });

  test('leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    const model = new ExplainModel({ seed: 3, aspect: 1, k: 1 });
    model.step();
    model.report();
    model.answer(['taste']);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

test.each(ASPECTS)('words of readers are read as words of the reviews, worst to best, for %s', (name) => {
  const aspect = ASPECTS.indexOf(name);
  const { vocabulary } = corpus(key(1));
  for (const word of gradedWords) expect(vocabulary.has(readAs(word, aspect)!), word).toBe(true);
  for (const word of ['coffee', 'loved', 'awful']) expect(readAs(word, aspect), word).toBeDefined();
  expect(readAs('xylophonic', aspect)).toBeUndefined();
});

test('a text in words of readers is rated by what they mean', () => {
  const model = new ExplainModel({ seed: 1, aspect: ASPECTS.indexOf('taste'), k: 2 });
  try {
    for (let step = 0; step < 60; step++) model.step();
    const [good, bad] = ['loved', 'awful'].map((word) => model.answer(['i', word, 'this', 'coffee', word]));
    expect(good!.words[1]).toBe('loved');
    expect(good!.unknown).toEqual([]);
    expect(good!.rating!).toBeGreaterThan(bad!.rating!);
  } finally {
    model.dispose();
  }
});
