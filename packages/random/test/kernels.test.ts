import * as kernelsModule from '@aimle/kernels';
import { kernels, useKernels } from '@aimle/kernels';
import { everyTaskInThreads } from '@aimle/testkit';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import {
  fillBits,
  fillExponential,
  fillGumbel,
  fillIntegers,
  fillLogistic,
  fillNormal,
  fillUniform,
  type Key,
  key,
  randomPermutation,
  sumOfGamma,
} from '../src/index.js';
import { normalQuantile } from '../src/normal.js';
import { quantilesInPlace } from '../src/quantileTable.js';
import { tableOf } from '../src/sumOfGamma/table.js';
import { Purpose, threefry } from '../src/threefry.js';

type Draw = (key: Key, length: number) => ArrayBufferView;

/** What a filler writes into a new array that held something else. */
function drawn<T extends Float32Array | Float64Array | Int32Array | Uint32Array>(
  kind: new (length: number) => T,
  fill: (key: Key, out: T) => void,
): Draw {
  return (noiseKey, length) => {
    const out = new kind(length).fill(77) as T;
    fill(noiseKey, out);
    return out;
  };
}

const draws: Record<string, Draw> = {
  fillBits: drawn(Uint32Array, fillBits),
  'fillUniform of float32': drawn(Float32Array, fillUniform),
  'fillUniform of float64': drawn(Float64Array, fillUniform),
  fillNormal: drawn(Float32Array, fillNormal),
  fillGumbel: drawn(Float32Array, fillGumbel),
  fillLogistic: drawn(Float32Array, fillLogistic),
  fillExponential: drawn(Float32Array, fillExponential),
  'sumOfGamma, kappa 1': drawn(Float32Array, sumOfGamma({ kappa: 1 }).fill),
  'sumOfGamma, kappa 4.5': drawn(Float32Array, sumOfGamma({ kappa: 4.5 }).fill),
  'sumOfGamma, kappa 90, 20 terms': drawn(Float32Array, sumOfGamma({ kappa: 90, terms: 20 }).fill),
  'fillIntegers over few': drawn(Int32Array, (k, out) => fillIntegers(k, out, -3, 7)),
  'fillIntegers over one': drawn(Int32Array, (k, out) => fillIntegers(k, out, 5, 6)),
  'fillIntegers over a range that rejects half': drawn(Int32Array, (k, out) =>
    fillIntegers(k, out, -(2 ** 31), 2),
  ),
  'fillIntegers over all': drawn(Int32Array, (k, out) => fillIntegers(k, out, -(2 ** 31), 2 ** 31)),
  randomPermutation,
};

/** Short ones, and those around the ends of chunks. */
const lengths = fc.oneof(
  fc.nat(100),
  fc.tuple(fc.constantFrom(512, 4096, 8192), fc.integer({ min: -17, max: 17 })).map(([a, b]) => a + b),
);

const bytes = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);

describe.skipIf(kernels() === null)('with kernels', () => {
  afterEach(() => useKernels().then(() => {}));

  test.each(Object.entries(draws))('%s draws the bits of the TypeScript', async (_, draw) => {
    const seeds = fc.oneof(fc.maxSafeInteger(), fc.string());
    await fc.assert(
      fc.asyncProperty(seeds, lengths, async (seed, length) => {
        await useKernels(false);
        const expected = draw(key(seed), length);
        await useKernels();
        expect(bytes(draw(key(seed), length)).equals(bytes(expected))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test.each([2, 3])('%i threads draw the bits of the TypeScript', async (threads) => {
    for (const [name, draw] of Object.entries(draws)) {
      for (const length of [1, 16_384, 50_001]) {
        await useKernels(false);
        const expected = draw(key(name), length);
        const end = await everyTaskInThreads(kernelsModule, threads);
        expect(bytes(draw(key(name), length)).equals(bytes(expected)), `${name}, ${length}`).toBe(true);
        end();
      }
    }
  });

  test('integers of every range are those of the TypeScript', async () => {
    const ranges = fc.tuple(fc.integer(), fc.integer()).filter(([a, b]) => a !== b);
    await fc.assert(
      fc.asyncProperty(ranges, fc.maxSafeInteger(), async ([a, b], seed) => {
        const draw = drawn(Int32Array, (k, out) => fillIntegers(k, out, Math.min(a, b), Math.max(a, b)));
        await useKernels(false);
        const expected = draw(key(seed), 200);
        await useKernels();
        expect(draw(key(seed), 200)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test('a multiple of the range leaves no remainder, where its quotient is rounded down', async () => {
    const words = drawn(Uint32Array, fillBits)(key(3), 500) as Uint32Array;
    let found = 0;
    for (const [at, word] of words.entries()) {
      for (let range = 2; range < 200; range++) {
        if (word % range !== 0 || Math.floor(word * (1 / range)) === word / range) continue;
        found++;
        const integers = drawn(Int32Array, (k, out) => fillIntegers(k, out, 0, range))(key(3), 500);
        expect((integers as Int32Array)[at]).toBe(0);
      }
    }
    expect(found).toBeGreaterThan(5);
  });

  test('the rarest tails, which no test reaches by drawing, have the quantiles of the TypeScript', () => {
    // Found by drawing 2^34 numbers: their first 32 bits are all alike. The last is beyond 6.6 standard deviations.
    const rare: [Key, number][] = [
      [[0, 1], 345417795],
      [[0, 1], 1422360476],
      [[0, 2], 505293597],
      [[0, 6], 3580678400],
    ];
    const { memory, fillNormal, fillFromTable, writeTails } = kernels()!;
    const { cells } = tableOf(10, 10);
    for (const [[key0, key1], element] of rare) {
      const words = new Uint32Array(2);
      threefry(key0, key1, Math.floor(element / 2), Purpose.bits, words, 1);
      const upper = words[element % 2]! !== 0;
      threefry(key0, key1, element, Purpose.deeperBits, words, 1);
      const p = (words[0]! + 0.5) * 2 ** -64;
      const tail = upper ? -p : p;
      const first = element - (element % 2);
      const table = memory.table(cells);
      const at = memory.scratch(64);
      writeTails(key0, key1, first, 2, at);
      expect(memory.doubles(at, 2)[element % 2]).toBe(tail);
      fillNormal(key0, key1, first, 2, at);
      expect(memory.floats(at, 2)[element % 2]).toBe(Math.fround(normalQuantile(tail)));
      const quantile = Float64Array.of(tail);
      quantilesInPlace(cells, 0.5, quantile, 1);
      fillFromTable(table, 0.5, key0, key1, first, 2, at);
      expect(memory.floats(at, 2)[element % 2]).toBe(Math.fround(quantile[0]!));
    }
  });
});
