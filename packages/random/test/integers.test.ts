import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillBits, fillIntegers, foldIn, key, randomPermutation } from '../src/index.js';
import { bounded } from '../src/integers.js';

/** Pearson's statistic of counts that should be equal, as standard deviations from its mean. */
function unevenness(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b) / counts.length;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (statistic - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
}

test('integers stay in [low, high)', () => {
  fc.assert(
    fc.property(
      fc.maxSafeInteger(),
      fc.integer(),
      fc.integer({ min: 1, max: 2 ** 32 }),
      (seed, low, range) => {
        const high = Math.min(low + range, 2 ** 31);
        if (high <= low) return;
        const out = new Int32Array(50);
        fillIntegers(key(seed), out, low, high);
        expect(out.every((x) => x >= low && x < high)).toBe(true);
      },
    ),
  );
});

test('each of 7 integers is equally likely', () => {
  const out = new Int32Array(140_000);
  fillIntegers(key(3), out, -3, 4);
  const counts = new Array<number>(7).fill(0);
  for (const x of out) counts[x + 3]!++;
  // Chi-squared with 6 degrees of freedom: beyond 8 standard deviations with probability 1e-5.
  expect(unevenness(counts)).toBeLessThan(8);
});

test('a range of three quarters of 2^32 has no modulo bias', () => {
  const out = new Int32Array(60_000);
  fillIntegers(key(4), out, -(2 ** 31), 2 ** 30);
  // By plain modulo the lowest third would hold half of the draws.
  const low = out.filter((x) => x < -(2 ** 30)).length / out.length;
  // Standard deviation sqrt(2/9 / 60,000) = 0.0019; five of them.
  expect(Math.abs(low - 1 / 3)).toBeLessThan(0.0097);
});

test('words that would favour small results are drawn again, and the others are kept', () => {
  const range = 2 ** 31 + 1;
  expect(bounded([1, 2], 0, range - 1, range)).toBe(range - 1);
  expect(bounded([1, 2], 0, range, range)).not.toBe(0);
  expect(bounded([1, 2], 0, 0xffffffff, 2 ** 16)).toBe(0xffff);
});

test('the full range of int32 is the bits themselves', () => {
  const out = new Int32Array(9);
  const bits = new Uint32Array(9);
  fillIntegers(key(5), out, -(2 ** 31), 2 ** 31);
  fillBits(key(5), bits);
  expect(Array.from(out, (x) => x + 2 ** 31)).toEqual(Array.from(bits));
});

test('a permutation holds each index once', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat(300), (seed, n) => {
      expect(randomPermutation(key(seed), n).toSorted()).toEqual(Int32Array.from({ length: n }, (_, i) => i));
    }),
  );
});

test('each of the 24 orders of 4 is equally likely', () => {
  const counts = new Map<string, number>();
  for (let i = 0; i < 48_000; i++) {
    const order = randomPermutation(foldIn(key(6), i), 4).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  // Chi-squared with 23 degrees of freedom: beyond 7 standard deviations with probability 1e-6.
  expect(unevenness([...counts.values()])).toBeLessThan(7);
});

test('a negative or fractional length of a permutation is refused', () => {
  expect(() => randomPermutation(key(0), -1)).toThrow(
    'randomPermutation: n must be an integer in [0, 2147483647], got -1',
  );
  expect(() => randomPermutation(key(0), 2.5)).toThrow('got 2.5');
});
