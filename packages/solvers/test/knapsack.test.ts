import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knapsack } from '../src/index.js';

/** The value of the best set, by the textbook's table over the first items. */
function table(scores: readonly number[], weights: readonly number[], capacity: number): number {
  let best = Array<number>(capacity + 1).fill(0);
  scores.forEach((score, i) => {
    best = best.map((value, c) =>
      c < weights[i]! ? value : Math.max(value, best[c - weights[i]!]! + score),
    );
  });
  return best[capacity]!;
}

/** The lexicographically greatest of the best sets: each item in turn is taken if that loses nothing. */
function oneByOne(scores: readonly number[], weights: readonly number[], capacity: number): number[] {
  let left = capacity;
  return scores.map((score, i) => {
    if (weights[i]! > left) return 0;
    const [scoresAfter, weightsAfter] = [scores.slice(i + 1), weights.slice(i + 1)];
    const taken = score + table(scoresAfter, weightsAfter, left - weights[i]!);
    if (taken < table(scoresAfter, weightsAfter, left)) return 0;
    left -= weights[i]!;
    return 1;
  });
}

function solveOne(theta: readonly number[], weights: readonly number[], capacity: number): number[] {
  const z = new Float32Array(theta.length);
  knapsack({ weights, capacity }).solve(Float32Array.from(theta), z, 1);
  return Array.from(z);
}

describe('knapsack', () => {
  it('finds the lexicographically greatest best set at sizes beyond enumeration', () => {
    const item = fc
      .constantFrom(2, 1_000_000)
      .chain((level) => fc.tuple(fc.integer({ min: -level, max: level }), fc.integer({ min: 0, max: 12 })));
    const drawn = fc.tuple(fc.array(item, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(drawn, ([items, capacity]) => {
        const scores = items.map(([score]) => score);
        const weights = items.map(([, weight]) => weight);
        expect(solveOne(scores, weights, capacity)).toEqual(oneByOne(scores, weights, capacity));
      }),
      { numRuns: 200 },
    );
  });

  it('never takes a negative score, and takes a score of zero that still fits', () => {
    expect(solveOne([-1, 0, -0, -3], [0, 1, 1, 1], 10)).toEqual([0, 1, 1, 0]);
    expect(solveOne([0, 5], [2, 2], 2)).toEqual([0, 1]);
    expect(solveOne([-1, -2], [1, 1], 5)).toEqual([0, 0]);
  });

  it('returns the empty set where nothing fits', () => {
    expect(solveOne([3, 4], [5, 6], 4)).toEqual([0, 0]);
    expect(knapsack({ weights: [5, 6], capacity: 4 }).kappa).toBe(1);
  });

  it('reads the capacity of each instance if that is declared, and ignores it otherwise', () => {
    const options = { weights: [1, 1, 1], capacity: 3 };
    const theta = Float32Array.of(1, 2, 3, 1, 2, 3);
    const z = new Float32Array(6);
    const own = knapsack({ ...options, capacityFromContext: true });
    own.solve(theta, z, 2, { capacity: [1, 2] });
    expect(Array.from(z)).toEqual([0, 0, 1, 0, 1, 1]);
    knapsack(options).solve(theta, z, 2, { capacity: [1, 2] });
    expect(Array.from(z)).toEqual([1, 1, 1, 1, 1, 1]);
    for (const wrong of [4, -1, 0.5, NaN]) {
      expect(() => own.solve(theta, z, 2, { capacity: [1, wrong] })).toThrow(
        `knapsack: context.capacity must hold integers in [0, 3], got ${wrong} in instance 1`,
      );
    }
  });

  it('refuses weights and capacities that are not integers in range, or need too much memory', () => {
    expect(() => knapsack({ weights: [1, 0.5], capacity: 3 })).toThrow(
      'knapsack: weights[1] must be an integer in [0, 2147483647], got 0.5',
    );
    expect(() => knapsack({ weights: [1, -2], capacity: 3 })).toThrow('weights[1]');
    expect(() => knapsack({ weights: [], capacity: 3 })).toThrow('knapsack: the number of weights must be');
    expect(() => knapsack({ weights: [1], capacity: -1 })).toThrow(
      'knapsack: capacity must be an integer in',
    );
    expect(() => knapsack({ weights: Array(33).fill(1), capacity: 2 ** 28 })).toThrow(
      'knapsack: weights.length * (capacity + 32) must be an integer in [1, 8589934592], got 8858371104',
    );
  });
});
