import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topK } from '../src/index.js';

function bySorting(theta: Float32Array, k: number): number[] {
  const order = Array.from(theta.keys()).sort((a, b) => theta[b]! - theta[a]! || a - b);
  const z = Array<number>(theta.length).fill(0);
  for (const i of order.slice(0, k)) z[i] = 1;
  return z;
}

function solveOne(theta: Float32Array, k: number): number[] {
  const z = new Float32Array(theta.length);
  topK({ size: theta.length, k }).solve(theta, z, 1);
  return Array.from(z);
}

describe('topK', () => {
  it('agrees with sorting at sizes beyond enumeration, for small and large k', () => {
    const levels = fc.constantFrom(2, 10, 1_000_000);
    const drawn = fc
      .tuple(fc.integer({ min: 1, max: 2_000 }), levels)
      .chain(([size, level]) =>
        fc.tuple(
          fc.array(fc.integer({ min: -level, max: level }), { minLength: size, maxLength: size }),
          fc.oneof(fc.integer({ min: 1, max: size }), fc.integer({ min: 1, max: Math.max(1, size >> 4) })),
        ),
      );
    fc.assert(
      fc.property(drawn, ([scores, k]) => {
        const theta = Float32Array.from(scores);
        expect(solveOne(theta, k)).toEqual(bySorting(theta, k));
      }),
      { numRuns: 200 },
    );
  });

  it('never marks more than k when everything ties', () => {
    const z = solveOne(new Float32Array(20).fill(0.25), 10);
    expect(z).toEqual([...Array(10).fill(1), ...Array(10).fill(0)]);
  });

  it('adds the first masked items when too few are unmasked', () => {
    const theta = Float32Array.of(-Infinity, 1, -Infinity, -Infinity, 2);
    expect(solveOne(theta, 3)).toEqual([1, 1, 0, 0, 1]);
  });

  it('agrees with sorting on long ramps, hills and valleys, where a careless pivot makes quickselect quadratic', () => {
    const size = 20_000;
    const shapes: ((i: number) => number)[] = [
      (i) => i,
      (i) => -i,
      (i) => Math.min(i, size - i),
      (i) => Math.max(i, size - i),
    ];
    for (const shape of shapes) {
      const theta = Float32Array.from({ length: size }, (_, i) => shape(i));
      for (const k of [size / 2, size - 1]) expect(solveOne(theta, k)).toEqual(bySorting(theta, k));
    }
  });

  it('names the element that is NaN', () => {
    expect(() => solveOne(Float32Array.of(1, 2, NaN), 2)).toThrow(
      'topK: theta must hold numbers, got NaN in instance 0 at element 2; ' +
        'look for a diverged loss, or 0/0 or log of a negative number upstream',
    );
  });

  it('refuses a k, a size or a sense that is out of range', () => {
    expect(() => topK({ size: 32, k: 40 })).toThrow('topK: k must be an integer in [1, 32], got 40');
    expect(() => topK({ size: 32, k: 0 })).toThrow('topK: k must be an integer in [1, 32], got 0');
    expect(() => topK({ size: 32, k: 1.5 })).toThrow('topK: k must be an integer in [1, 32], got 1.5');
    expect(() => topK({ size: 0, k: 1 })).toThrow('topK: size must be an integer in [1, 2147483647], got 0');
    expect(() => topK({ size: 2 ** 31, k: 1 })).toThrow('in [1, 2147483647], got 2147483648');
    expect(topK({ size: 2 ** 31 - 1, k: 1 }).size).toBe(2 ** 31 - 1);
    expect(() => topK({ size: 3, k: 1, sense: 'max' as 'maximise' })).toThrow(
      "topK: sense must be 'maximise' or 'minimise', got \"max\"",
    );
  });
});
