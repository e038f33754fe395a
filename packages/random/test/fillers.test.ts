import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fillBits,
  fillExponential,
  fillGamma,
  fillGumbel,
  fillIntegers,
  fillLogistic,
  fillNormal,
  fillSumOfGammaExact,
  fillUniform,
  type Key,
  key,
  noNoise,
  sumOfGamma,
} from '../src/index.js';

type Numbers = Float32Array | Float64Array | Int32Array | Uint32Array;
type Fill = (key: Key, out: never) => void;
const noise = sumOfGamma({ kappa: 4.5 });

const fillers: Record<string, { fill: Fill; kinds: readonly (new (size: number) => Numbers)[] }> = {
  fillBits: { fill: fillBits, kinds: [Uint32Array] },
  fillUniform: { fill: fillUniform, kinds: [Float32Array, Float64Array] },
  fillExponential: { fill: fillExponential, kinds: [Float32Array, Float64Array] },
  fillLogistic: { fill: fillLogistic, kinds: [Float32Array, Float64Array] },
  fillNormal: { fill: fillNormal, kinds: [Float32Array, Float64Array] },
  fillGumbel: { fill: fillGumbel, kinds: [Float32Array, Float64Array] },
  'fillGamma of shape 3': {
    fill: (k: Key, out: Float32Array) => fillGamma(k, out, 3),
    kinds: [Float32Array, Float64Array],
  },
  'fillGamma of shape 0.2': {
    fill: (k: Key, out: Float32Array) => fillGamma(k, out, 0.2),
    kinds: [Float32Array, Float64Array],
  },
  'fillIntegers over a range that rejects': {
    fill: (k: Key, out: Int32Array) => fillIntegers(k, out, -5, 2 ** 31 - 7),
    kinds: [Int32Array],
  },
  'sumOfGamma().fill': { fill: noise.fill, kinds: [Float32Array] },
  fillSumOfGammaExact: {
    fill: (k: Key, out: Float32Array) => fillSumOfGammaExact(k, out, { kappa: 3, terms: 2 }),
    kinds: [Float32Array, Float64Array],
  },
  'noNoise().fill': { fill: noNoise().fill, kinds: [Float32Array] },
};

describe.each(Object.entries(fillers))('%s', (_, { fill, kinds }) => {
  const run = (k: Key, out: Numbers) => {
    fill(k, out as never);
    return out;
  };

  test('gives element i from (key, i) only: a short fill is a prefix of a long one', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(40), fc.nat(1100), (seed, few, more) => {
        for (const kind of kinds) {
          const long = run(key(seed), new kind(few + more));
          expect(run(key(seed), new kind(few))).toEqual(long.slice(0, few));
        }
      }),
      { numRuns: 30 },
    );
  });

  test('fills a view and leaves its surroundings alone', () => {
    for (const kind of kinds) {
      const buffer = new kind(13).fill(77);
      run(key(5), buffer.subarray(1, 12));
      expect([buffer[0], buffer[12]]).toEqual([77, 77]);
      expect(buffer.slice(1, 12)).toEqual(run(key(5), new kind(11)));
    }
  });

  test('overwrites what was there, NaN included, and gives finite numbers', () => {
    for (const kind of kinds) {
      const out = run(key(6), new kind(5000).fill(Number.NaN));
      expect(out.every(Number.isFinite)).toBe(true);
    }
  });

  test('refuses an invalid key and an array of the wrong type', () => {
    const ours = new kinds[0]!(1);
    expect(() => run([0.5, 1], ours)).toThrow(TypeError);
    expect(() => run(key(0), [0] as unknown as Float32Array)).toThrow(TypeError);
    expect(() => run(key(0), new Uint8Array(1) as unknown as Float32Array)).toThrow(
      /must be a .*, got Uint8Array/,
    );
  });
});

test('other keys give other numbers', () => {
  for (const [name, { fill, kinds }] of Object.entries(fillers)) {
    if (name.startsWith('noNoise')) continue;
    const [a, b] = [new kinds[0]!(8), new kinds[0]!(8)];
    fill(key(1), a as never);
    fill(key(2), b as never);
    expect(a, name).not.toEqual(b);
  }
});

test('uniform draws stay inside (0, 1), with 23 bits in float32 and 52 in float64', () => {
  const floats = new Float32Array(200_000);
  fillUniform(key(1), floats);
  expect(floats.every((u) => u > 0 && u < 1 && Number.isInteger(u * 2 ** 23 - 0.5))).toBe(true);
  const doubles = new Float64Array(200_000);
  fillUniform(key(1), doubles);
  expect(doubles.every((u) => u > 0 && u < 1 && Number.isInteger(u * 2 ** 52 - 0.5))).toBe(true);
});

test('impossible shapes and ranges are refused', () => {
  expect(() => fillGamma(key(0), new Float32Array(1), 0)).toThrow(
    'fillGamma: shape must be a number in [0.001, 1000000], got 0',
  );
  expect(() => fillGamma(key(0), new Float32Array(1), Number.NaN)).toThrow('got NaN');
  expect(() => fillIntegers(key(0), new Int32Array(1), 3, 3)).toThrow(
    'fillIntegers: high must be an integer in [4, 2147483648], got 3',
  );
  expect(() => fillIntegers(key(0), new Int32Array(1), 0.5, 3)).toThrow(
    'fillIntegers: low must be an integer',
  );
});
