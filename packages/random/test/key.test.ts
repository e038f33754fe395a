import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillBits, foldIn, type Key, key, split } from '../src/index.js';

const word = fc.integer({ min: 0, max: 0xffffffff });
const anyKey = fc.tuple(word, word);
const name = (k: Key) => k.join('/');

test('a numeric seed becomes the two words of its 64-bit form', () => {
  expect(key(0)).toEqual([0, 0]);
  expect(key(2 ** 32 + 7)).toEqual([1, 7]);
  expect(key(-1)).toEqual([0xffffffff, 0xffffffff]);
  expect(key(2n ** 64n - 2n)).toEqual([0xffffffff, 0xfffffffe]);
  fc.assert(
    fc.property(fc.maxSafeInteger(), (seed) => {
      expect(key(seed)).toEqual(key(BigInt(seed)));
    }),
  );
});

test('string seeds that differ give keys that differ, whatever their length and order', () => {
  const words = ['', 'a', 'b', 'ab', 'ba', 'a\0', 'abcdefgh', 'abcdefg', 'abcdefghi', '\u{1f600}', '1', '01'];
  const long = 'x'.repeat(10_000);
  const keys = [...words, long, `${long}x`, `y${long.slice(1)}`].map((text) => name(key(text)));
  expect(new Set(keys).size).toBe(keys.length);
});

test('10,000 names fold into 10,000 keys, whose bits look fair', () => {
  const keys = Array.from({ length: 10_000 }, (_, i) => foldIn(key(1), `step ${i}`));
  expect(new Set(keys.map(name)).size).toBe(10_000);
  for (let bit = 0; bit < 64; bit++) {
    const ones = keys.filter((k) => ((k[bit >> 5]! >>> (bit & 31)) & 1) === 1).length;
    // Binomial(10,000, 1/2) has standard deviation 50; six of them, for each of 64 bits.
    expect(Math.abs(ones - 5000)).toBeLessThan(300);
  }
});

test('children do not depend on how many are asked for', () => {
  fc.assert(
    fc.property(anyKey, fc.nat(20), fc.nat(20), (parent, few, more) => {
      expect(split(parent, few + more).slice(0, few)).toEqual(split(parent, few));
    }),
  );
});

test('split, foldIn by number, foldIn by text and the bits of a key never collide', () => {
  fc.assert(
    fc.property(anyKey, (parent) => {
      const bits = new Uint32Array(64);
      fillBits(parent, bits);
      const blocks = Array.from({ length: 32 }, (_, i) => `${bits[2 * i]}/${bits[2 * i + 1]}`);
      const numbers = Array.from({ length: 32 }, (_, i) => name(foldIn(parent, i - 16)));
      const texts = Array.from({ length: 32 }, (_, i) => name(foldIn(parent, String(i - 16))));
      const all = [...blocks, ...numbers, ...texts, ...split(parent, 32).map(name), name(parent)];
      expect(new Set(all).size).toBe(all.length);
    }),
    { numRuns: 20 },
  );
});

test('numbers beyond 32 bits fold in with all their bits', () => {
  const keys = [1, -1, 2 ** 32 + 1, 2 ** 52 + 1, -(2 ** 32) + 1, Number.MAX_SAFE_INTEGER];
  expect(new Set(keys.map((n) => name(foldIn(key(0), n)))).size).toBe(keys.length);
});

test('a key survives JSON', () => {
  fc.assert(
    fc.property(anyKey, (k) => {
      expect(foldIn(JSON.parse(JSON.stringify(k)), 1)).toEqual(foldIn(k, 1));
    }),
  );
});

test('bad seeds, data and keys are refused, and the error says what to do', () => {
  expect(() => key(0.5)).toThrow('key: seed must be an integer in');
  expect(() => key(Number.NaN)).toThrow('got NaN');
  expect(() => key(2 ** 53)).toThrow(RangeError);
  expect(() => key(2n ** 64n)).toThrow(
    'key: a bigint seed must be in [-2^63, 2^64), got 18446744073709551616n',
  );
  expect(() => split(key(0), -1)).toThrow('split: n must be an integer in [0, 4294967295], got -1');
  expect(() => foldIn(key(0), 1.5)).toThrow('foldIn: data must be an integer');
  expect(() => split(7 as unknown as Key, 1)).toThrow(
    'key must be two integers in [0, 2^32), got 7; make one',
  );
  expect(() => foldIn([1, -1], 1)).toThrow('got [1, -1]');
  expect(() => fillBits(['1', 2] as unknown as Key, new Uint32Array(1))).toThrow('got ["1", 2]');
});
