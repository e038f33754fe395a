import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knapsack } from '../src/index.js';
import { dynamicProgramme } from '../src/knapsack/dynamicProgramme.js';
import { ExpandingCore } from '../src/knapsack/expandingCore.js';
import { integers } from './randomGraphs.js';

/** Items whose scores tie, spread, follow their weights, or are masked; some of no weight. */
const item = fc.constantFrom(2, 10, 1_000).chain((level) =>
  fc.oneof(
    fc.record({ weight: fc.nat(level), score: fc.integer({ min: -1, max: 3 }) }),
    fc.record({ weight: fc.nat(level), score: fc.integer({ min: -1e6, max: 1e6 }) }),
    fc.tuple(fc.nat(level), fc.nat(1)).map(([weight, more]) => ({ weight, score: weight + more })),
    fc.record({ weight: fc.nat(level), score: fc.constantFrom(-Infinity, -0, 0) }),
  ),
);
const kinds = fc.oneof(
  fc.array(item, { minLength: 1, maxLength: 30 }),
  // Few different items, so that very many sets tie.
  fc
    .tuple(
      fc.array(item, { minLength: 1, maxLength: 3 }),
      fc.array(fc.nat(2), { minLength: 1, maxLength: 30 }),
    )
    .map(([few, picks]) => picks.map((pick) => few[pick % few.length]!)),
);

describe('the expanding core of a knapsack', () => {
  it('finds the set that the dynamic program over all capacities finds, ties included', () => {
    fc.assert(
      fc.property(kinds, fc.double({ min: 0, max: 1.1, noNaN: true }), (items, share) => {
        const weights = Int32Array.from(items, ({ weight }) => weight);
        const scores = Float64Array.from(items, ({ score }) => score);
        const capacity = Math.floor(share * weights.reduce((sum, weight) => sum + weight, 0));
        const [expected, found] = [new Uint8Array(items.length), new Uint8Array(items.length).fill(7)];
        dynamicProgramme(weights, capacity)(scores, capacity, expected);
        expect(new ExpandingCore(weights, 1e5, 1e4).pack(scores, capacity, found)).toBe(true);
        expect(found).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('finds the set of the dynamic program among hundreds of items, in one solver and for any capacity', () => {
    const size = 300;
    const weights = integers(1, size, 0, 100);
    const [expected, found] = [new Uint8Array(size), new Uint8Array(size)];
    const capacity = 12_000;
    const core = new ExpandingCore(weights, 1e6, 1e5);
    const oracle = dynamicProgramme(weights, capacity);
    for (const [seed, level] of [3, 100, 2 ** 30].entries()) {
      for (const limit of [0, 1, 500, 7_000, capacity]) {
        const scores = Float64Array.from(integers(seed + limit, size, -level >> 3, level));
        oracle(scores, limit, expected);
        expect(core.pack(scores, limit, found)).toBe(true);
        expect(found).toEqual(expected);
      }
    }
  });

  it('gives up where it may not take enough steps, and the solver then answers by the dynamic program', () => {
    const weights = integers(2, 60, 50, 100);
    const capacity = 2_001;
    const scores = Float64Array.from(weights, (weight) => weight + 10);
    const [expected, found] = [new Uint8Array(60), new Uint8Array(60)];
    dynamicProgramme(weights, capacity)(scores, capacity, expected);
    expect(new ExpandingCore(weights, 100, 100).pack(scores, capacity, found)).toBe(false);
    const theta = Float32Array.from(scores);
    const z = new Float32Array(60);
    knapsack({ weights, capacity }).solve(theta, z, 1);
    expect(Array.from(z)).toEqual(Array.from(expected));
  });
});
