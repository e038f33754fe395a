import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Context, Sense, Solver } from '../src/index.js';
import type { SmallInstance, State } from './entry.js';
import { bestState, worthOf } from './enumeration.js';
import { solvers } from './registry.js';
import { dyadicScore, type Instance, instances, joined } from './scores.js';

const senses: readonly Sense[] = ['maximise', 'minimise'];

for (const entry of solvers) {
  for (const small of entry.small) {
    for (const sense of small.senses ?? senses) {
      describe(`${entry.name} of ${small.label}, ${sense}`, () => {
        holdsTheContract(entry.name, small, small.build(sense));
      });
    }
  }
}

function holdsTheContract(name: string, small: SmallInstance, solver: Solver): void {
  const { size, sense } = solver;
  const sign = sense === 'maximise' ? 1 : -1;
  const fixedStates = small.context ? undefined : small.states();
  const statesOf = (context?: Context): readonly State[] => fixedStates ?? small.states(context);
  const batch = fc.array(instances(small, solver), { minLength: 0, maxLength: 5 });

  const solve = (theta: Float32Array, context?: Context): Float32Array => {
    const z = new Float32Array(theta.length).fill(NaN);
    solver.solve(theta, z, theta.length / size, context);
    return z;
  };
  const oracle = ({ theta, context }: Instance) =>
    bestState(Float32Array.from(theta), statesOf(context), sign);
  const feasible = (each: Instance): boolean => small.infinities === 'both' || oracle(each).value[0] === 0;
  const plain: Instance | undefined = fc
    .sample(instances(small, solver), { numRuns: 100, seed: 7 })
    .find((each) => feasible(each) && each.theta.every(Number.isFinite));

  it('finds the state that enumeration finds, ties and infinities included', () => {
    fc.assert(
      fc.property(batch, (drawn) => {
        const rows = drawn.filter(feasible);
        const { theta, context } = joined(rows);
        const z = solve(theta, context);
        rows.forEach((row, r) => {
          const answer = z.subarray(r * size, (r + 1) * size);
          const expected = oracle(row);
          if (small.ties === 'any') {
            const states = statesOf(row.context).map((state) => Array.from(state).join());
            expect(states).toContain(Array.from(answer).join());
            expect(worthOf(Float32Array.from(row.theta), answer, sign)).toEqual(expected.value);
          } else {
            expect(Array.from(answer)).toEqual(Array.from(expected.state));
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same answers for a batch as one by one, in any order', () => {
    fc.assert(
      fc.property(batch, (drawn) => {
        const rows = drawn.filter(feasible);
        const singles = rows.map((row) => {
          const { theta, context } = joined([row]);
          return Array.from(solve(theta, context));
        });
        const together = joined(rows);
        expect(Array.from(solve(together.theta, together.context))).toEqual(singles.flat());
        const reversed = joined([...rows].reverse());
        expect(Array.from(solve(reversed.theta, reversed.context))).toEqual(singles.reverse().flat());
      }),
      { numRuns: 50 },
    );
  });

  it('gives the answer of a new solver, whatever it has solved before', () => {
    fc.assert(
      fc.property(batch, (drawn) => {
        const { theta, context } = joined(drawn.filter(feasible));
        const cold = new Float32Array(theta.length);
        small.build(sense).solve(theta, cold, theta.length / size, context);
        expect(solve(theta, context)).toEqual(cold);
      }),
      { numRuns: 50 },
    );
  });

  it('gives the same answer again, and for its own answer as theta', () => {
    fc.assert(
      fc.property(batch, (drawn) => {
        const { theta, context } = joined(drawn.filter(feasible));
        const z = solve(theta, context);
        expect(solve(theta, context)).toEqual(z);
        const echo = small.echo?.(z) ?? z.map((one) => 2 * one - 1);
        expect(
          solve(
            echo.map((score) => sign * score),
            context,
          ),
        ).toEqual(z);
      }),
      { numRuns: 50 },
    );
  });

  it('states its name, size and sense, and a kappa that fits its states', () => {
    expect(solver.name).toBe(name);
    expect(['maximise', 'minimise']).toContain(sense);
    const sums = statesOf(plain?.context).map((state) =>
      Array.from(state).reduce((sum, one) => sum + one, 0),
    );
    for (const state of statesOf(plain?.context)) expect(state.length).toBe(size);
    expect(solver.kappa).toBeGreaterThan(0);
    // One number where all states agree, else one between the extremes.
    expect(solver.kappa).toBeGreaterThanOrEqual(Math.min(...sums));
    expect(solver.kappa).toBeLessThanOrEqual(Math.max(...sums));
  });

  it('names the instance that holds a NaN, wherever it is, and can still be used', () => {
    const { theta, context } = joined([plain!, plain!, plain!]);
    const right = solve(theta, context);
    for (let element = 0; element < size; element++) {
      const broken = theta.slice();
      broken[2 * size + element] = NaN;
      expect(() => solve(broken, context)).toThrow(
        new RegExp(`^${name}: theta must hold numbers, got NaN in instance 2 at `),
      );
    }
    expect(solve(theta, context)).toEqual(right);
  });

  if (small.infinities === undefined || small.infinities === 'mask') {
    it('names the instance in which everything is forbidden, or which holds the infinity that is not a mask', () => {
      const { theta, context } = joined([plain!, plain!]);
      const right = solve(theta, context);
      const forbidden = theta.slice().fill(-sign * Infinity, size);
      if (!statesOf(plain!.context).some((state) => Array.from(state).every((one) => one === 0))) {
        expect(() => solve(forbidden, context)).toThrow(
          new RegExp(`^${name}: instance 1 has no solution: .`),
        );
      }
      for (let element = 0; element < size; element++) {
        const endless = theta.slice();
        endless[size + element] = sign * Infinity;
        expect(() => solve(endless, context)).toThrow(
          new RegExp(
            `^${name}: theta must be finite, or -?Infinity to forbid an element, got -?Infinity in instance 1 at `,
          ),
        );
      }
      expect(solve(theta, context)).toEqual(right);
    });

    it('throws where the masks leave no state, and only there', () => {
      fc.assert(
        fc.property(batch, (drawn) => {
          const { theta, context } = joined(drawn);
          const first = drawn.findIndex((each) => !feasible(each));
          if (first < 0) solve(theta, context);
          else {
            expect(() => solve(theta, context)).toThrow(
              new RegExp(`^${name}: instance ${first} has no solution: .`),
            );
          }
        }),
        { numRuns: 100 },
      );
    });
  }

  it('refuses arrays of the wrong length or type, overlapping arrays, and an invalid number of rows', () => {
    const { theta: right, context } = joined([plain!, plain!]);
    const long = new Float32Array(right.length + 1);
    expect(() => solver.solve(long, right.slice(), 2, context)).toThrow(/theta must have rows \* size/);
    expect(() => solver.solve(right, long, 2, context)).toThrow(/z must have rows \* size/);
    expect(() => solver.solve(right, right, 2, context)).toThrow(/must not share memory/);
    expect(() => solver.solve(right, right.slice(), 1.5, context)).toThrow(
      /rows must be an integer of at least 0, got 1.5/,
    );
    const doubles = new Float64Array(right.length) as unknown as Float32Array;
    expect(() => solver.solve(doubles, right.slice(), 2, context)).toThrow(
      /theta must be a Float32Array, got Float64Array/,
    );
  });

  if (small.context) {
    it('refuses a context that is missing or too short', () => {
      const { theta, context } = joined([plain!, plain!]);
      const short = Object.fromEntries(
        Object.entries(context!).map(([key, values]) => [key, Array.from(values).slice(1)]),
      );
      expect(() => solve(theta)).toThrow(new RegExp(`^${name}: context\\.`));
      expect(() => solve(theta, short)).toThrow(new RegExp(`^${name}: context\\.`));
    });
  }
}

it('the default scores tie, mask and spread', () => {
  const drawn = fc.sample(dyadicScore, { numRuns: 2000, seed: 1 });
  expect(new Set(drawn).size).toBeLessThan(drawn.length * 0.7);
  expect(Math.max(...drawn.map(Math.abs))).toBeGreaterThan(1e3);
});
