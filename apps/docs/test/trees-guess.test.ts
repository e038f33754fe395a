import { expect, test } from 'vitest';
import { nearest, noGuess, pairIndex, pressed } from '../src/playgrounds/trees/guess.js';

test('two presses join two vertices, and two more part them', () => {
  let guess = noGuess(2);
  guess = pressed(guess, 1, 0, 5);
  expect(guess.from).toEqual({ recording: 1, vertex: 0 });
  guess = pressed(guess, 1, 3, 5);
  expect([...guess.edges[1]!]).toEqual([pairIndex(0, 3, 5)]);
  expect(guess.edges[0]!.size).toBe(0);
  guess = pressed(pressed(guess, 1, 3, 5), 1, 0, 5);
  expect(guess.edges[1]!.size).toBe(0);
});

test('a press in another recording begins there, and the same vertex twice is none', () => {
  const begun = pressed(noGuess(2), 0, 2, 5);
  expect(pressed(begun, 1, 4, 5).from).toEqual({ recording: 1, vertex: 4 });
  expect(pressed(begun, 0, 2, 5)).toEqual(noGuess(2));
});

test('pairs are numbered as the model numbers them', () => {
  const all = [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].filter((b) => b > a).map((b) => pairIndex(b, a, 4)));
  expect(all).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a finger meets the nearest vertex within its reach', () => {
  expect(
    nearest(
      [
        [0, 0],
        [10, 0],
      ],
      [7, 0],
      18,
    ),
  ).toBe(1);
  expect(nearest([[0, 0]], [30, 0], 18)).toBe(-1);
});
