import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sense } from '../src/index.js';
import { bestState } from './enumeration.js';
import { solvers } from './registry.js';

const senses: readonly Sense[] = ['maximise', 'minimise'];

/** Multiples of 2^-24 below 2^14: any sum of a hundred of them is exact in double precision. */
function dyadic(x: number): number {
  return Math.fround(Math.round(x * 2 ** 24) / 2 ** 24);
}

const spread = fc.constantFrom(1e-6, 1e-3, 1, 1e2, 1e4);
const score = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), spread).map(([x, s]) => dyadic(x * s)),
  },
  { weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom(-0, 0, Infinity, -Infinity) },
);

/** Whole instances that are as hard as can be: all equal, all masked, sorted either way, or a mixture. */
function instance(size: number): fc.Arbitrary<number[]> {
  const mixed = fc.array(score, { minLength: size, maxLength: size });
  return fc.oneof(
    { weight: 6, arbitrary: mixed },
    { weight: 1, arbitrary: score.map((x) => Array<number>(size).fill(x)) },
    { weight: 1, arbitrary: mixed.map((row) => row.sort((a, b) => a - b)) },
    { weight: 1, arbitrary: mixed.map((row) => row.sort((a, b) => b - a)) },
  );
}

function batch(size: number): fc.Arbitrary<Float32Array> {
  return fc
    .array(instance(size), { minLength: 0, maxLength: 5 })
    .map((rows) => Float32Array.from(rows.flat()));
}

for (const entry of solvers) {
  for (const { label, build, states } of entry.small) {
    for (const sense of senses) {
      describe(`${entry.name} of ${label}, ${sense}`, () => {
        const solver = build(sense);
        const all = states();
        const sign = sense === 'maximise' ? 1 : -1;
        const solve = (theta: Float32Array): Float32Array => {
          const z = new Float32Array(theta.length).fill(NaN);
          solver.solve(theta, z, theta.length / solver.size);
          return z;
        };

        it('finds the state that enumeration finds, ties and infinities included', () => {
          fc.assert(
            fc.property(batch(solver.size), (theta) => {
              const z = solve(theta);
              for (let at = 0; at < theta.length; at += solver.size) {
                const expected = bestState(theta.subarray(at, at + solver.size), all, sign);
                expect(Array.from(z.subarray(at, at + solver.size))).toEqual(Array.from(expected));
              }
            }),
            { numRuns: 150 },
          );
        });

        it('answers for a batch what it answers one by one', () => {
          fc.assert(
            fc.property(batch(solver.size), (theta) => {
              const singles: number[] = [];
              for (let at = 0; at < theta.length; at += solver.size) {
                singles.push(...solve(theta.slice(at, at + solver.size)));
              }
              expect(Array.from(solve(theta))).toEqual(singles);
            }),
            { numRuns: 50 },
          );
        });

        it('answers the same when asked again, and with its answer for a question', () => {
          fc.assert(
            fc.property(batch(solver.size), (theta) => {
              const z = solve(theta);
              expect(solve(theta)).toEqual(z);
              expect(solve(z.map((one) => sign * one))).toEqual(z);
            }),
            { numRuns: 50 },
          );
        });

        it('tells its size, its sense and the number of ones in every state', () => {
          expect(solver.name).toBe(entry.name);
          expect(solver.sense).toBe(sense);
          for (const state of all) {
            expect(state.length).toBe(solver.size);
            expect(state.reduce((sum, one) => sum + one, 0)).toBe(solver.kappa);
          }
        });

        it('names the instance that holds a NaN, wherever it is', () => {
          for (let element = 0; element < solver.size; element++) {
            const theta = Float32Array.from({ length: 3 * solver.size }, (_, i) => -i);
            theta[2 * solver.size + element] = NaN;
            expect(() => solve(theta)).toThrow(
              new RegExp(`^${entry.name}: theta must hold numbers, got NaN in instance 2 at `),
            );
          }
          expect(() => solve(new Float32Array(solver.size))).not.toThrow();
        });

        it('refuses arrays of the wrong length, kind or place, and rows that are no count', () => {
          const right = new Float32Array(2 * solver.size);
          const long = new Float32Array(2 * solver.size + 1);
          expect(() => solver.solve(long, right.slice(), 2)).toThrow(/theta must have rows \* size/);
          expect(() => solver.solve(right, long, 2)).toThrow(/z must have rows \* size/);
          expect(() => solver.solve(right, right, 2)).toThrow(/must not share memory/);
          expect(() => solver.solve(right, right.slice(), 1.5)).toThrow(
            /rows must be an integer of at least 0, got 1.5/,
          );
          const doubles = new Float64Array(2 * solver.size) as unknown as Float32Array;
          expect(() => solver.solve(doubles, right, 2)).toThrow(
            /theta must be a Float32Array, got Float64Array/,
          );
        });
      });
    }
  }
}
