import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ranking, type Sense } from '../src/index.js';

function bySorting(theta: Float32Array, sense: Sense): number[] {
  const sign = sense === 'maximise' ? 1 : -1;
  const ascending = Array.from(theta.keys()).sort((a, b) => {
    const [x, y] = [sign * theta[a]!, sign * theta[b]!];
    if (x === y) return b - a;
    return x < y ? -1 : 1;
  });
  const ranks = Array<number>(theta.length).fill(0);
  ascending.forEach((item, rank) => {
    ranks[item] = rank;
  });
  return ranks;
}

function ranksOf(theta: Float32Array, sense: Sense = 'maximise'): number[] {
  const z = new Float32Array(theta.length);
  ranking({ size: theta.length, sense }).solve(theta, z, 1);
  return Array.from(z);
}

describe('ranking', () => {
  it('agrees with sorting, including ties and infinities, at sizes for both sorting algorithms', () => {
    const value = fc.oneof(
      fc.float({ noNaN: true }),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(0, -0, Infinity, -Infinity, 2 ** -149, -(2 ** -149)),
    );
    const drawn = fc
      .oneof(fc.integer({ min: 1, max: 66 }), fc.integer({ min: 60, max: 600 }))
      .chain((size) => fc.array(value, { minLength: size, maxLength: size }));
    fc.assert(
      fc.property(drawn, fc.constantFrom<Sense>('maximise', 'minimise'), (scores, sense) => {
        const theta = Float32Array.from(scores);
        expect(ranksOf(theta, sense)).toEqual(bySorting(theta, sense));
      }),
      { numRuns: 300 },
    );
  });

  it('gives a single item rank 0, and a kappa that is valid for noise', () => {
    expect(ranksOf(Float32Array.of(-5))).toEqual([0]);
    expect(ranking({ size: 1 }).kappa).toBe(1);
    expect(ranking({ size: 5 }).kappa).toBe(0 + 1 + 2 + 3 + 4);
  });

  it('ranks a million items', () => {
    const size = 1_000_000;
    const theta = Float32Array.from({ length: size }, (_, i) => (i * 7919) % size);
    const z = new Float32Array(size);
    ranking({ size }).solve(theta, z, 1);
    expect(z.every((rank, i) => rank === theta[i])).toBe(true);
  });

  it('refuses a size whose ranks are not exact floats', () => {
    expect(() => ranking({ size: 2 ** 24 + 1 })).toThrow(
      'ranking: size must be an integer in [1, 16777216], got 16777217',
    );
    expect(() => ranking({ size: 3, sense: 'up' as Sense })).toThrow(/^ranking: sense must be/);
  });
});
