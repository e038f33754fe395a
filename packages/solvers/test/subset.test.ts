import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atMostK, bernoulli, betweenK, categorical, type Solver } from '../src/index.js';

function solveOne(solver: Solver, theta: ArrayLike<number>): number[] {
  const z = new Float32Array(solver.size);
  solver.solve(Float32Array.from(theta), z, 1);
  return Array.from(z);
}

function bySorting(scores: readonly number[], low: number, high: number): number[] {
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
  const z = Array<number>(scores.length).fill(0);
  for (let at = 0; at < high; at++) if (at < low || scores[order[at]!]! >= 0) z[order[at]!] = 1;
  return z;
}

const bounded = fc.integer({ min: 1, max: 300 }).chain((size) =>
  fc.record({
    scores: fc
      .constantFrom(1, 100)
      .chain((level) =>
        fc.array(fc.integer({ min: -level, max: level }), { minLength: size, maxLength: size }),
      ),
    bounds: fc.tuple(fc.integer({ min: 0, max: size }), fc.integer({ min: 1, max: size })),
  }),
);

describe('betweenK and atMostK', () => {
  it('agree with sorting at sizes beyond enumeration', () => {
    fc.assert(
      fc.property(bounded, ({ scores, bounds: [one, other] }) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const size = scores.length;
        expect(solveOne(betweenK({ size, low, high }), scores)).toEqual(bySorting(scores, low, high));
        expect(solveOne(atMostK({ size, k: high }), scores)).toEqual(bySorting(scores, 0, high));
      }),
      { numRuns: 300 },
    );
  });

  it('have the kappa that is nearest to half of the items', () => {
    expect(betweenK({ size: 10, low: 2, high: 9 }).kappa).toBe(5);
    expect(betweenK({ size: 10, low: 7, high: 9 }).kappa).toBe(7);
    expect(betweenK({ size: 10, low: 0, high: 3 }).kappa).toBe(3);
    expect(atMostK({ size: 10, k: 3 }).kappa).toBe(3);
  });

  it('name the row and the element of a NaN, even where a bound is active', () => {
    const theta = Float32Array.of(1, 2, 3, -1, NaN, -3);
    expect(() => betweenK({ size: 3, low: 1, high: 2 }).solve(theta, new Float32Array(6), 2)).toThrow(
      /^betweenK: theta must hold numbers, got NaN in instance 1 at element 1;/,
    );
  });

  it('refuse bounds that contradict each other', () => {
    expect(() => betweenK({ size: 5, low: 3, high: 2 })).toThrow(
      'betweenK: low must be an integer in [0, 2], got 3',
    );
    expect(() => betweenK({ size: 5, low: 0, high: 6 })).toThrow(
      'betweenK: high must be an integer in [1, 5], got 6',
    );
    expect(() => betweenK({ size: 5, low: 0, high: 0 })).toThrow('high must be an integer in [1, 5], got 0');
    expect(() => atMostK({ size: 5, k: 0 })).toThrow('atMostK: k must be an integer in [1, 5], got 0');
    expect(() => atMostK({ size: 0, k: 1 })).toThrow(/^atMostK: size must be/);
  });
});

describe('bernoulli', () => {
  it('sets a bit with score 0, in either sense and for either sign of zero', () => {
    expect(solveOne(bernoulli({ size: 2 }), [0, -0])).toEqual([1, 1]);
    expect(solveOne(bernoulli({ size: 2, sense: 'minimise' }), [0, -0])).toEqual([1, 1]);
  });

  it('refuses a size out of range', () => {
    expect(() => bernoulli({ size: 0 })).toThrow(
      'bernoulli: size must be an integer in [1, 2147483647], got 0',
    );
  });
});

describe('categorical', () => {
  it('marks the first of a million equals, and the last of a million that rise', () => {
    const size = 1_000_000;
    const solver = categorical({ size });
    const z = new Float32Array(2 * size);
    const theta = new Float32Array(2 * size);
    for (let i = 0; i < size; i++) theta[size + i] = i;
    solver.solve(theta, z, 2);
    expect([z.indexOf(1), z.lastIndexOf(1)]).toEqual([0, 2 * size - 1]);
    expect(z.reduce((sum, one) => sum + one)).toBe(2);
  });

  it('refuses a size out of range', () => {
    expect(() => categorical({ size: 1.5 })).toThrow(
      'categorical: size must be an integer in [1, 2147483647], got 1.5',
    );
  });
});
